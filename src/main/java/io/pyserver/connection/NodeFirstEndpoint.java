package io.pyserver.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Holds as many connections as the heap has room for, where Tomcat would take them until
 * it fails. A new one takes the place of the one that has been silent for longest; where
 * all are busy it is closed at once. The node has places and threads that nobody else can
 * take: a probe gets in and waits behind no one.
 */
final class NodeFirstEndpoint extends NioEndpoint {

	/** Of everyone together. An idle one takes 5 KB of the heap. */
	private static final int MOST = 256;

	/** For the node, beyond those. */
	private static final int RESERVED = 32;

	/** With all connections, half of what the heap has left. */
	static final int MOST_BEGUN = 64;

	/** By the node. */
	private static final int MOST_BEGUN_BY_NODE = 16;

	/**
	 * For others than the node, so many places are made at once, and no more before a
	 * while has passed. Between, a flood is closed at the door, which costs far less.
	 */
	private static final int PLACES = 16;

	private static final Duration WHILE = Duration.ofMillis(200);

	/** For the node's requests; while all are busy, the rest wait with everyone's. */
	private static final int NODE_THREADS = 4;

	private final ThreadPoolExecutor nodeThreads = new ThreadPoolExecutor(0, NODE_THREADS, 1, TimeUnit.MINUTES,
			new SynchronousQueue<>(), Thread.ofPlatform().daemon().name("node-", 1).factory(),
			(request, _) -> getExecutor().execute(request));

	private long roomMade = System.nanoTime() - WHILE.toNanos();

	private Predicate<String> nodes = (_) -> false;

	private ConnectionCounts counts = new ConnectionCounts();

	private BegunRequests nodeRequests = new BegunRequests(MOST_BEGUN_BY_NODE, this.counts);

	private BegunRequests otherRequests = new BegunRequests(MOST_BEGUN, this.counts);

	void use(Predicate<String> nodes, ConnectionCounts counts) {
		this.nodes = nodes;
		this.counts = counts;
		this.nodeRequests = new BegunRequests(MOST_BEGUN_BY_NODE, counts);
		this.otherRequests = new BegunRequests(MOST_BEGUN, counts);
	}

	@Override
	public void startInternal() throws Exception {
		super.startInternal();
		getUtilityExecutor().scheduleWithFixedDelay(() -> {
			this.nodeRequests.endThoseThatTakeTooLong();
			this.otherRequests.endThoseThatTakeTooLong();
		}, 1, 1, TimeUnit.SECONDS);
	}

	@Override
	protected boolean setSocketOptions(SocketChannel socket) {
		boolean forNode = isNode(socket);
		if (this.connections.size() < (forNode ? MOST + RESERVED : MOST) || makeRoom(forNode)) {
			return super.setSocketOptions(socket);
		}
		this.counts.countShed();
		destroySocket(socket);
		return false;
	}

	@Override
	public boolean processSocket(SocketWrapperBase<NioChannel> connection, SocketEvent event, boolean dispatch) {
		if (dispatch && isNode(connection)) {
			this.nodeThreads.execute(createSocketProcessor(connection, event));
			return true;
		}
		return super.processSocket(connection, event, dispatch);
	}

	@Override
	protected SocketProcessorBase<NioChannel> createSocketProcessor(SocketWrapperBase<NioChannel> connection,
			SocketEvent event) {
		return new SocketProcessor(connection, event) {
			@Override
			protected void doRun() {
				SocketWrapperBase<NioChannel> served = this.socketWrapper;
				BegunRequests requests = requestsOf(served);
				if (requests.begin(served)) {
					super.doRun();
				}
				else {
					served.close();
					NodeFirstEndpoint.this.counts.countShed();
				}
				boolean unfinished = served.getCurrentProcessor() instanceof Processor request && !request.isUpgrade();
				if (!unfinished || served.isClosed()) {
					requests.finish(served);
				}
			}
		};
	}

	/** For the node, its own go first. Others leave those alone. */
	private boolean makeRoom(boolean forNode) {
		if (forNode) {
			return endOldest(true) || endOldest(false);
		}
		long now = System.nanoTime();
		if (now - this.roomMade < WHILE.toNanos()) {
			return false;
		}
		this.roomMade = now;
		return endOldest(false);
	}

	private boolean endOldest(boolean ofNode) {
		BegunRequests requests = ofNode ? this.nodeRequests : this.otherRequests;
		Map<SocketWrapperBase<NioChannel>, Long> lastRead = new IdentityHashMap<>();
		this.connections.values()
			.stream()
			.filter((connection) -> isNode(connection) == ofNode)
			.forEach((connection) -> lastRead.put(connection, ((NioSocketWrapper) connection).getLastRead()));
		return lastRead.entrySet()
			.stream()
			.sorted(Entry.comparingByValue())
			.filter((connection) -> requests.endIfSilent(connection.getKey()))
			.limit(PLACES)
			.count() > 0;
	}

	private BegunRequests requestsOf(SocketWrapperBase<NioChannel> connection) {
		return isNode(connection) ? this.nodeRequests : this.otherRequests;
	}

	private boolean isNode(SocketChannel socket) {
		try {
			return socket.getRemoteAddress() instanceof InetSocketAddress other
					&& this.nodes.test(other.getAddress().getHostAddress());
		}
		catch (IOException ex) {
			return false;
		}
	}

	private boolean isNode(SocketWrapperBase<NioChannel> connection) {
		return this.nodes.test(connection.getRemoteAddr());
	}

}

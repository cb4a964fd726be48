package io.pyserver.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Tells at the door who comes. The node goes through to an endpoint of its own; everyone
 * else, and the node where that one is full, waits for a thread that lets them in one by
 * one, or closes the connection where all are busy. That thread shares locks with
 * requests; while the door itself waited for those, so did a probe, for up to 2 s.
 */
final class NodeFirstEndpoint extends BoundedEndpoint {

	/** An idle one takes 5 KB of the heap. */
	private static final int MOST = 256;

	/** With all connections, half of what the heap has left. */
	static final int MOST_BEGUN = 64;

	/** Between, what comes is closed by the door's thread, which costs far less. */
	private static final int PLACES = 16;

	/**
	 * One in so many of a flood is served, the others are closed as they are accepted.
	 */
	private static final int SERVED_OF_FLOOD = 16;

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final NodeEndpoint nodeEndpoint = new NodeEndpoint(this::countDownConnection);

	private final ThreadPoolExecutor door = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES,
			new ArrayBlockingQueue<>(MOST), Thread.ofPlatform().daemon().name("door").factory(),
			(refused, _) -> shed(((Newcomer) refused).socket));

	private Predicate<InetAddress> nodes = (_) -> false;

	private SourceFilter nodeFilter = new SourceFilter(List.of());

	private @Nullable Arrivals arrivals;

	NodeFirstEndpoint() {
		super(MOST, MOST_BEGUN, PLACES, PAUSE);
		this.door.allowCoreThreadTimeOut(true);
	}

	void use(Predicate<InetAddress> nodes, SourceFilter nodeFilter, ConnectionCounts counts) {
		this.nodes = nodes;
		this.nodeFilter = nodeFilter;
		useCounts(counts);
		this.nodeEndpoint.useCounts(counts);
	}

	NodeEndpoint nodeEndpoint() {
		return this.nodeEndpoint;
	}

	@Override
	public void startInternal() throws Exception {
		this.nodeEndpoint.setName(getName() + "-node");
		this.nodeEndpoint.setConnectionTimeout(getConnectionTimeout());
		this.nodeEndpoint.setKeepAliveTimeout(getKeepAliveTimeout());
		this.nodeEndpoint.setMaxKeepAliveRequests(getMaxKeepAliveRequests());
		this.nodeEndpoint.setTcpNoDelay(getTcpNoDelay());
		this.nodeEndpoint.useThreads((request) -> getExecutor().execute(request));
		this.nodeEndpoint.start();
		super.startInternal();
		getUtilityExecutor().scheduleWithFixedDelay(() -> {
			endThoseThatTakeTooLong();
			this.nodeEndpoint.endThoseThatTakeTooLong();
		}, 1, 1, TimeUnit.SECONDS);
	}

	@Override
	public void stopInternal() {
		super.stopInternal();
		try {
			this.nodeEndpoint.stop();
		}
		catch (Exception ex) {
			getLog().warn("The node's connections could not be closed", ex);
		}
	}

	@Override
	public boolean setProperty(String name, String value) {
		return this.nodeEndpoint.setProperty(name, value) & super.setProperty(name, value);
	}

	@Override
	public void bind() throws Exception {
		super.bind();
		ServerSocketChannel everyone = (ServerSocketChannel) getServerSocket();
		this.arrivals = new Arrivals(everyone, NodeQueue.beside(everyone, getAcceptCount(), this.nodeFilter), MOST);
	}

	/** Told to stop: a port that a selector still knows would stay open. */
	@Override
	protected void doCloseServerSocket() throws IOException {
		super.doCloseServerSocket();
		if (this.arrivals != null) {
			this.arrivals.close();
		}
	}

	@Override
	protected SocketChannel serverSocketAccept() throws IOException {
		try {
			return this.arrivals.next();
		}
		catch (IOException ex) {
			endTheMostSilent(); // There may be no file descriptor left.
			throw ex;
		}
	}

	@Override
	protected boolean setSocketOptions(SocketChannel socket) {
		if (isNode(socket) && this.nodeEndpoint.admit(socket)) {
			return true;
		}
		if (this.arrivals.tooMany() % SERVED_OF_FLOOD == 0) {
			this.door.execute(new Newcomer(socket));
		}
		else {
			shed(socket);
		}
		return true;
	}

	private boolean isNode(SocketChannel socket) {
		try {
			return socket.getRemoteAddress() instanceof InetSocketAddress other && this.nodes.test(other.getAddress());
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** One who waits to be let in. */
	private final class Newcomer implements Runnable {

		private final SocketChannel socket;

		Newcomer(SocketChannel socket) {
			this.socket = socket;
		}

		@Override
		public void run() {
			if (!admit(this.socket)) {
				shed(this.socket);
			}
		}

	}

}

package io.pyserver.connection;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Limits the connections to as many as fit into the heap. Tomcat's default is higher. At
 * the limit, a new connection evicts the one that has been idle longest. If none has been
 * idle for the minimum time, the new connection is closed.
 */
class BoundedEndpoint extends NioEndpoint {

	/** The number of connections that are evicted when no file descriptor is left. */
	private static final int EVICTIONS = 16;

	/** How long each new connection evicts another, to keep descriptors for the node. */
	private static final Duration SHORTAGE_TIME = Duration.ofSeconds(1);

	private int connectionLimit;

	private Duration minIdle = Duration.ZERO;

	private ConnectionCounts counts = new ConnectionCounts();

	private volatile long shortageUntil = System.nanoTime();

	/** The next connections to evict. Scanning all connections each time costs more. */
	private final Deque<Candidate> evictionCandidates = new ArrayDeque<>();

	/** Sets small buffers, in bytes, which later connections do not reuse. */
	BoundedEndpoint() {
		this.socketProperties.setAppReadBufSize(2_048);
		this.socketProperties.setAppWriteBufSize(2_048);
		this.socketProperties.setBufferPool(0);
	}

	/**
	 * Sets the limits. It is called once, before the endpoint starts.
	 * @param connectionLimit the maximum number of connections
	 * @param requestLimit the maximum number of requests that are begun and not answered
	 * @param minIdle how long a connection is idle before it can be evicted
	 * @param counts counts the connections that are closed or evicted
	 */
	final void setLimits(int connectionLimit, int requestLimit, Duration minIdle, ConnectionCounts counts) {
		this.connectionLimit = connectionLimit;
		this.minIdle = minIdle;
		this.counts = counts;
		setHandler(new RequestLimit(this, requestLimit));
	}

	/**
	 * Returns the socket whose backlog holds the connections that are not accepted yet.
	 */
	ServerSocketChannel backlogSocket() {
		return (ServerSocketChannel) getServerSocket();
	}

	@Override
	protected SocketChannel serverSocketAccept() throws Exception {
		try {
			return backlogSocket().accept();
		}
		catch (IOException ex) {
			if (!isPaused()) {
				evictForDescriptors();
			}
			throw ex;
		}
	}

	/** Evicts connections after one could not be accepted. */
	void evictForDescriptors() {
		this.shortageUntil = System.nanoTime() + SHORTAGE_TIME.toNanos();
		for (int i = 0; i < EVICTIONS; i++) {
			evictMostIdle();
		}
	}

	@Override
	protected boolean setSocketOptions(SocketChannel socket) {
		if (isAtLimit() && !evictMostIdle()) {
			this.counts.countShed();
			destroySocket(socket);
			return true;
		}
		return super.setSocketOptions(socket);
	}

	private boolean isAtLimit() {
		// Without connections, the descriptors are free again.
		return this.connections.size() >= this.connectionLimit
				|| (this.shortageUntil - System.nanoTime() > 0 && !this.connections.isEmpty());
	}

	private boolean evictMostIdle() {
		synchronized (this.evictionCandidates) {
			if (evictNext()) {
				return true;
			}
			this.connections.values()
				.stream()
				.map(NioSocketWrapper.class::cast)
				.map((connection) -> new Candidate(connection, lastActivity(connection)))
				.filter(this::isEvictable)
				.sorted(Comparator.comparingLong(Candidate::lastActivity))
				.forEach(this.evictionCandidates::add);
			return evictNext();
		}
	}

	/** Skips the candidates that have been active since the scan. */
	private boolean evictNext() {
		while (!this.evictionCandidates.isEmpty()) {
			Candidate candidate = this.evictionCandidates.removeFirst();
			if (isEvictable(candidate) && evict(candidate.connection())) {
				return true;
			}
		}
		return false;
	}

	/** A negative idle time counts as well, because the clock may have been set back. */
	private boolean isEvictable(Candidate candidate) {
		long idle = Math.abs(System.currentTimeMillis() - candidate.lastActivity());
		return isWaitingForClient(candidate.connection()) && idle >= this.minIdle.toMillis()
				&& lastActivity(candidate.connection()) == candidate.lastActivity();
	}

	private static long lastActivity(NioSocketWrapper connection) {
		return Math.max(connection.getLastRead(), connection.getLastWrite());
	}

	/**
	 * Whether the service waits for the client: it processes no request, answers none
	 * asynchronously, and is not closing the connection.
	 */
	static boolean isWaitingForClient(SocketWrapperBase<NioChannel> connection) {
		SocketChannel channel = connection.getSocket().getIOChannel();
		return ((NioSocketWrapper) connection).interestOps() != 0 && !isAsynchronous(connection) && channel != null
				&& !channel.socket().isInputShutdown();
	}

	/** Whether a request is answered asynchronously. {@code Boards} limits these. */
	static boolean isAsynchronous(SocketWrapperBase<NioChannel> connection) {
		return connection.getCurrentProcessor() instanceof Processor processor && processor.isAsync();
	}

	/**
	 * Evicts a connection. If another thread uses it, that thread reads the end and
	 * closes it.
	 * @return whether the service still waited for the client
	 */
	final boolean evict(NioSocketWrapper connection) {
		SocketChannel channel = connection.getSocket().getIOChannel();
		boolean free = connection.getLock().tryLock();
		try {
			if (channel == null || !isWaitingForClient(connection)) {
				return false;
			}
			if (free) {
				connection.close();
				// The selector's next run frees the descriptor.
				connection.getPoller().getSelector().wakeup();
			}
			else {
				channel.shutdownInput().shutdownOutput();
			}
			this.counts.countEvicted();
			return true;
		}
		catch (IOException ex) {
			return false; // The client has closed it.
		}
		finally {
			if (free) {
				connection.getLock().unlock();
			}
		}
	}

	/** A connection, and the time of its last activity in milliseconds. */
	private record Candidate(NioSocketWrapper connection, long lastActivity) {
	}

}

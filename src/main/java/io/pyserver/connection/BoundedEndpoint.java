package io.pyserver.connection;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Limits the connections to as many as fit into the heap. Tomcat's own limit exceeds it.
 * At the limit, a new connection evicts the one that has been idle longest. If none has
 * been idle for the minimum time, the new connection is closed.
 */
class BoundedEndpoint extends NioEndpoint {

	/** The number of connections that are evicted when no file descriptor is left. */
	private static final int DESCRIPTORS = 16;

	/**
	 * The time in which new connections do not use them, because the node may need one.
	 */
	private static final Duration SHORTAGE = Duration.ofSeconds(1);

	private int most;

	private Duration silence = Duration.ZERO;

	private ConnectionCounts counts = new ConnectionCounts();

	private volatile long shortUntil = System.nanoTime();

	/** The next connections to evict. Scanning all connections each time costs more. */
	private final Deque<NioSocketWrapper> silent = new ArrayDeque<>();

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
	final void bound(int most, int mostBegun, Duration silence, ConnectionCounts counts) {
		this.most = most;
		this.silence = silence;
		this.counts = counts;
		setHandler(new BegunRequests(this, mostBegun));
	}

	/**
	 * Returns the socket whose backlog holds the connections that are not accepted yet.
	 */
	ServerSocketChannel queue() {
		return (ServerSocketChannel) getServerSocket();
	}

	@Override
	protected SocketChannel serverSocketAccept() throws Exception {
		try {
			return queue().accept();
		}
		catch (IOException ex) {
			if (!isPaused()) {
				spareDescriptors();
			}
			throw ex;
		}
	}

	/** Evicts connections after one could not be accepted. */
	void spareDescriptors() {
		this.shortUntil = System.nanoTime() + SHORTAGE.toNanos();
		for (int i = 0; i < DESCRIPTORS; i++) {
			endTheMostSilent();
		}
	}

	@Override
	protected boolean setSocketOptions(SocketChannel socket) {
		if (isFull() && !endTheMostSilent()) {
			this.counts.countShed();
			destroySocket(socket);
			return true;
		}
		return super.setSocketOptions(socket);
	}

	private boolean isFull() {
		// Without connections, the descriptors are free again.
		return this.connections.size() >= this.most
				|| (this.shortUntil - System.nanoTime() > 0 && !this.connections.isEmpty());
	}

	private synchronized boolean endTheMostSilent() {
		if (this.silent.isEmpty()) {
			this.connections.values()
				.stream()
				.map(NioSocketWrapper.class::cast)
				.filter(this::isSilent)
				.collect(Collectors.groupingBy(BoundedEndpoint::lastMoved, TreeMap::new, Collectors.toList()))
				.values()
				.forEach(this.silent::addAll);
		}
		while (!this.silent.isEmpty()) {
			NioSocketWrapper connection = this.silent.removeFirst();
			if (isSilent(connection) && end(connection)) {
				return true;
			}
		}
		return false;
	}

	/** A negative idle time counts as well, because the clock may have been set back. */
	private boolean isSilent(NioSocketWrapper connection) {
		long silence = Math.abs(System.currentTimeMillis() - lastMoved(connection));
		return waitsForItsClient(connection) && silence >= this.silence.toMillis();
	}

	private static long lastMoved(NioSocketWrapper connection) {
		return Math.max(connection.getLastRead(), connection.getLastWrite());
	}

	/**
	 * Whether the service waits for the client: it processes no request, answers none
	 * asynchronously, and is not closing the connection.
	 */
	static boolean waitsForItsClient(SocketWrapperBase<NioChannel> connection) {
		SocketChannel channel = connection.getSocket().getIOChannel();
		return ((NioSocketWrapper) connection).interestOps() != 0 && !isAsynchronous(connection) && channel != null
				&& !channel.socket().isInputShutdown();
	}

	/** The service sets its own limits for asynchronous answers. */
	static boolean isAsynchronous(SocketWrapperBase<NioChannel> connection) {
		return connection.getCurrentProcessor() instanceof Processor processor && processor.isAsync();
	}

	/**
	 * Evicts a connection. If another thread uses it, that thread reads the end and
	 * closes it.
	 * @return whether the service still waited for the client
	 */
	final boolean end(NioSocketWrapper connection) {
		SocketChannel channel = connection.getSocket().getIOChannel();
		boolean free = connection.getLock().tryLock();
		try {
			if (channel == null || !waitsForItsClient(connection)) {
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
			this.counts.countEnded();
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

}

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
 * Holds as many connections as the heap has room for, where Tomcat would take them until
 * it fails. When it is full, a new one takes the place of the one that has been silent
 * for longest; where none has been silent for a while, the new one is closed.
 */
class BoundedEndpoint extends NioEndpoint {

	/** How many are ended where there is no file descriptor left. */
	private static final int DESCRIPTORS = 16;

	/** So long those descriptors are spared: the node may need one. */
	private static final Duration SHORTAGE = Duration.ofSeconds(1);

	private int most;

	private Duration silence = Duration.ZERO;

	private ConnectionCounts counts = new ConnectionCounts();

	private volatile long shortUntil = System.nanoTime();

	/** Those to end next: to look at all of them for each that comes costs more. */
	private final Deque<Silent> silent = new ArrayDeque<>();

	/** With small buffers, in bytes. They are not given to the next connection. */
	BoundedEndpoint() {
		this.socketProperties.setAppReadBufSize(2_048);
		this.socketProperties.setAppWriteBufSize(2_048);
		this.socketProperties.setBufferPool(0);
	}

	/**
	 * Sets the bounds, once, before it is started.
	 * @param most connections
	 * @param mostBegun requests that have begun and are not answered
	 * @param silence a connection is not ended before it has been silent for so long
	 * @param counts of what it ends
	 */
	final void bound(int most, int mostBegun, Duration silence, ConnectionCounts counts) {
		this.most = most;
		this.silence = silence;
		this.counts = counts;
		setHandler(new BegunRequests(this, mostBegun));
	}

	/** Where connections to it wait until they are accepted. */
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

	/** Called when a connection could not be accepted. */
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
		// Where none is held, those that took the descriptors have left.
		return this.connections.size() >= this.most
				|| (this.shortUntil - System.nanoTime() > 0 && !this.connections.isEmpty());
	}

	private boolean endTheMostSilent() {
		synchronized (this.silent) {
			if (endNext()) {
				return true;
			}
			this.connections.values()
				.stream()
				.map((connection) -> new Silent((NioSocketWrapper) connection, lastMoved(connection)))
				.filter(this::isStillSilent)
				.sorted(Comparator.comparingLong(Silent::since))
				.forEach(this.silent::add);
			return endNext();
		}
	}

	/** Those that have moved since they were found have been silent for less long. */
	private boolean endNext() {
		while (!this.silent.isEmpty()) {
			Silent next = this.silent.removeFirst();
			if (isStillSilent(next) && end(next.connection())) {
				return true;
			}
		}
		return false;
	}

	/** The clock may have been set back. */
	private boolean isStillSilent(Silent silent) {
		return waitsForItsClient(silent.connection()) && lastMoved(silent.connection()) == silent.since()
				&& Math.abs(System.currentTimeMillis() - silent.since()) >= this.silence.toMillis();
	}

	private static long lastMoved(SocketWrapperBase<NioChannel> connection) {
		return Math.max(connection.getLastRead(), connection.getLastWrite());
	}

	/**
	 * Whether it is the client's turn: not where the service is busy with a request, nor
	 * where it answers asynchronously, nor where the end is about to be noticed.
	 */
	static boolean waitsForItsClient(SocketWrapperBase<NioChannel> connection) {
		SocketChannel channel = connection.getSocket().getIOChannel();
		return ((NioSocketWrapper) connection).interestOps() != 0 && !isAsynchronous(connection) && channel != null
				&& !channel.socket().isInputShutdown();
	}

	/** The service answers for as long as it wants to, and bounds that itself. */
	static boolean isAsynchronous(SocketWrapperBase<NioChannel> connection) {
		return connection.getCurrentProcessor() instanceof Processor processor && processor.isAsync();
	}

	/**
	 * Ends a connection. If a thread reads or writes it, that one finds the end of it.
	 * @return whether it still waited for its client
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
				// Its descriptor is free when the selector has noticed.
				connection.getPoller().getSelector().wakeup();
			}
			else {
				channel.shutdownInput().shutdownOutput();
			}
			this.counts.countEnded();
			return true;
		}
		catch (IOException ex) {
			return false; // The client was faster.
		}
		finally {
			if (free) {
				connection.getLock().unlock();
			}
		}
	}

	/** A connection, and when it last moved. */
	private record Silent(NioSocketWrapper connection, long since) {
	}

}

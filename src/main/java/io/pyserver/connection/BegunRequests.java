package io.pyserver.connection;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Requests that have begun and are not answered. Each takes up to 55 KB of the heap, so
 * there is a bound, and where it is reached the slowest makes way.
 */
final class BegunRequests {

	/** A request has so long. An operator can delay an answer by 60 s. */
	private static final Duration LONGEST = Duration.ofSeconds(75);

	private final Map<SocketWrapperBase<NioChannel>, Begun> begun = new ConcurrentHashMap<>();

	private final int most;

	private final ConnectionCounts counts;

	BegunRequests(int most, ConnectionCounts counts) {
		this.most = most;
		this.counts = counts;
	}

	/**
	 * Ends the slowest where there are too many. As that takes a while, and holds its
	 * memory until then, half as many again may be ending.
	 * @return whether there is memory for this one
	 */
	boolean begin(SocketWrapperBase<NioChannel> connection) {
		SocketChannel channel = connection.getSocket().getIOChannel();
		if (channel == null || this.begun.containsKey(connection)) {
			return true; // Closed meanwhile, or begun earlier.
		}
		if (this.begun.size() >= this.most) {
			this.begun.entrySet()
				.stream()
				.filter((request) -> !request.getValue().isEnding())
				.min(Entry.comparingByValue(Comparator.comparingLong(Begun::since)))
				.ifPresent((request) -> end(request.getKey()));
		}
		if (this.begun.size() >= this.most + this.most / 2) {
			return false;
		}
		this.begun.put(connection, new Begun(System.nanoTime(), channel));
		return true;
	}

	/**
	 * A connection that has more than one request has its time anew with each sign of
	 * life.
	 */
	void goOn(SocketWrapperBase<NioChannel> connection) {
		this.begun.computeIfPresent(connection, (_, begun) -> new Begun(System.nanoTime(), begun.channel()));
	}

	void finish(SocketWrapperBase<NioChannel> connection) {
		this.begun.remove(connection);
	}

	void endThoseThatTakeTooLong() {
		this.begun.forEach((connection, request) -> {
			if (System.nanoTime() - request.since() > LONGEST.toNanos()) {
				end(connection);
			}
		});
	}

	/**
	 * Nothing of a connection is being processed while its lock is free.
	 * @return whether it was, and the connection has ended
	 */
	boolean endIfSilent(SocketWrapperBase<NioChannel> connection) {
		if (!connection.getLock().tryLock()) {
			return false;
		}
		try {
			connection.close();
			finish(connection);
			this.counts.countEnded();
			return true;
		}
		finally {
			connection.getLock().unlock();
		}
	}

	private void end(SocketWrapperBase<NioChannel> connection) {
		if (!endIfSilent(connection)) {
			endFromAfar(connection);
		}
	}

	/** Whoever reads or writes finds the end of it, and closes it. */
	private void endFromAfar(SocketWrapperBase<NioChannel> connection) {
		Begun request = this.begun.get(connection);
		if (request == null || request.isEnding()) {
			return;
		}
		try {
			request.channel().shutdownInput().shutdownOutput();
			this.counts.countEnded();
		}
		catch (IOException ex) {
			// The client was faster.
		}
	}

	/**
	 * A request that is not yet answered.
	 *
	 * @param since when it began, in nanoseconds
	 * @param channel its own for good, where Tomcat's are given to the next connection
	 */
	private record Begun(long since, SocketChannel channel) {

		boolean isEnding() {
			return this.channel.socket().isInputShutdown();
		}

	}

}

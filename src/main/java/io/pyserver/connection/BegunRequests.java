package io.pyserver.connection;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Requests that have begun and are not answered. Each takes up to 55 KB of the heap, so
 * there are so many places; where all are taken, the next one waits, and the one whose
 * client has let the service wait since the longest ago is ended.
 */
final class BegunRequests implements Handler<NioChannel> {

	/** In bytes, of an answer that does not end. */
	private static final int UNREAD = 16_384;

	private final Handler<NioChannel> tomcat;

	private final Semaphore places;

	private final Duration silence;

	private final Predicate<NioSocketWrapper> end;

	/** Since when, in nanoseconds. */
	private final Map<SocketWrapperBase<NioChannel>, Long> begun = new ConcurrentHashMap<>();

	/**
	 * Stands in front of Tomcat's own.
	 * @param silence a request is not ended before so long a time
	 * @param end ends a connection
	 */
	BegunRequests(Handler<NioChannel> tomcat, int places, Duration silence, Predicate<NioSocketWrapper> end) {
		this.tomcat = tomcat;
		this.places = new Semaphore(places, true);
		this.silence = silence;
		this.end = end;
	}

	/**
	 * Whether it is the client's turn: not where the service is busy with a request, nor
	 * where it answers for as long as it wants to, asynchronously.
	 */
	static boolean waitsForItsClient(NioSocketWrapper connection) {
		return connection.interestOps() != 0;
	}

	@Override
	public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
		try {
			if (event == SocketEvent.OPEN_READ && !isAsynchronous(connection) && !this.begun.containsKey(connection)) {
				takePlace();
				this.begun.put(connection, System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return SocketState.CLOSED;
		}
		SocketState state = this.tomcat.process(connection, event);
		if (isAsynchronous(connection)) {
			leave(connection);
			noticeIfNobodyReads(connection);
		}
		else if (connection.isClosed() || connection.getCurrentProcessor() == null) {
			leave(connection);
		}
		else if (state == SocketState.UPGRADED) {
			// HTTP/2, whose requests end unseen: its time begins anew.
			this.begun.replace(connection, System.nanoTime());
		}
		return state;
	}

	private void takePlace() throws InterruptedException {
		while (!this.places.tryAcquire()) {
			long now = System.nanoTime();
			this.begun.entrySet()
				.stream()
				.filter((request) -> now - request.getValue() >= this.silence.toNanos())
				.filter((request) -> waitsForItsClient((NioSocketWrapper) request.getKey()))
				.min(Entry.comparingByValue())
				.ifPresent((request) -> this.end.test((NioSocketWrapper) request.getKey()));
			if (this.places.tryAcquire(this.silence.toNanos(), TimeUnit.NANOSECONDS)) {
				return;
			}
		}
	}

	private void leave(SocketWrapperBase<NioChannel> connection) {
		if (this.begun.remove(connection) != null) {
			this.places.release();
		}
	}

	private static boolean isAsynchronous(SocketWrapperBase<NioChannel> connection) {
		return connection.getCurrentProcessor() instanceof Processor processor && processor.isAsync();
	}

	/** Little may wait for one who has stopped to read. */
	private static void noticeIfNobodyReads(SocketWrapperBase<NioChannel> connection) {
		SocketChannel channel = connection.getSocket().getIOChannel();
		try {
			if (channel != null) {
				channel.setOption(StandardSocketOptions.SO_SNDBUF, UNREAD);
			}
		}
		catch (IOException ex) {
			// It has ended meanwhile.
		}
	}

	@Override
	public void release(SocketWrapperBase<NioChannel> connection) {
		this.tomcat.release(connection);
		leave(connection);
	}

	@Override
	public Object getGlobal() {
		return this.tomcat.getGlobal();
	}

	@Override
	public void pause() {
		this.tomcat.pause();
	}

	@Override
	public void recycle() {
		this.tomcat.recycle();
	}

}

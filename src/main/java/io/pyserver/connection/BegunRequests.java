package io.pyserver.connection;

import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Limits the requests that have begun and are not answered, because each takes up to 55
 * KB of the heap. A request above the limit waits. Every 50 ms it evicts the oldest
 * request whose client lets the service wait.
 */
final class BegunRequests implements Handler<NioChannel> {

	private static final int PATIENCE_MILLIS = 50;

	private final BoundedEndpoint endpoint;

	private final Handler<NioChannel> tomcat;

	private final Semaphore places;

	/** The start of each request, as {@link System#nanoTime}. */
	private final Map<SocketWrapperBase<NioChannel>, Long> begun = new ConcurrentHashMap<>();

	BegunRequests(BoundedEndpoint endpoint, int places) {
		this.endpoint = endpoint;
		this.tomcat = endpoint.getHandler();
		this.places = new Semaphore(places, true);
	}

	@Override
	public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
		if (!BoundedEndpoint.isAsynchronous(connection) && !begin(connection)) {
			return SocketState.CLOSED;
		}
		SocketState state = this.tomcat.process(connection, event);
		if (BoundedEndpoint.isAsynchronous(connection) || connection.isClosed()
				|| connection.getCurrentProcessor() == null) {
			finish(connection);
		}
		return state;
	}

	private boolean begin(SocketWrapperBase<NioChannel> connection) {
		if (this.begun.containsKey(connection)) {
			return true;
		}
		try {
			while (!this.places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
				endTheFirst();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		this.begun.put(connection, System.nanoTime());
		return true;
	}

	/** Threads that evict at the same time evict different requests. */
	private void endTheFirst() {
		this.begun.entrySet()
			.stream()
			.filter((request) -> BoundedEndpoint.waitsForItsClient(request.getKey()))
			.sorted(Entry.comparingByValue())
			.anyMatch((request) -> this.endpoint.end((NioSocketWrapper) request.getKey()));
	}

	private void finish(SocketWrapperBase<NioChannel> connection) {
		if (this.begun.remove(connection) != null) {
			this.places.release();
		}
	}

	@Override
	public void release(SocketWrapperBase<NioChannel> connection) {
		this.tomcat.release(connection);
		finish(connection);
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

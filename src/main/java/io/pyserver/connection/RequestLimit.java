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
 * request that waits for its client.
 */
final class RequestLimit implements Handler<NioChannel> {

	private static final int EVICTION_INTERVAL_MILLIS = 50;

	private final BoundedEndpoint endpoint;

	private final Handler<NioChannel> tomcat;

	private final Semaphore permits;

	/** The start of each request, as {@link System#nanoTime}. */
	private final Map<SocketWrapperBase<NioChannel>, Long> startedAt = new ConcurrentHashMap<>();

	RequestLimit(BoundedEndpoint endpoint, int permits) {
		this.endpoint = endpoint;
		this.tomcat = endpoint.getHandler();
		this.permits = new Semaphore(permits, true);
	}

	@Override
	public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
		if (!BoundedEndpoint.isAsynchronous(connection) && !acquirePermit(connection)) {
			return SocketState.CLOSED;
		}
		SocketState state = this.tomcat.process(connection, event);
		if (BoundedEndpoint.isAsynchronous(connection) || connection.isClosed()
				|| connection.getCurrentProcessor() == null) {
			releasePermit(connection);
		}
		return state;
	}

	private boolean acquirePermit(SocketWrapperBase<NioChannel> connection) {
		if (this.startedAt.containsKey(connection)) {
			return true;
		}
		try {
			while (!this.permits.tryAcquire(EVICTION_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
				evictOldest();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		this.startedAt.put(connection, System.nanoTime());
		return true;
	}

	/** Threads that evict at the same time evict different requests. */
	private void evictOldest() {
		this.startedAt.entrySet()
			.stream()
			.filter((request) -> BoundedEndpoint.isWaitingForClient(request.getKey()))
			.sorted(Entry.comparingByValue())
			.anyMatch((request) -> this.endpoint.evict((NioSocketWrapper) request.getKey()));
	}

	private void releasePermit(SocketWrapperBase<NioChannel> connection) {
		if (this.startedAt.remove(connection) != null) {
			this.permits.release();
		}
	}

	@Override
	public void release(SocketWrapperBase<NioChannel> connection) {
		this.tomcat.release(connection);
		releasePermit(connection);
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

package io.pyserver.connection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.apache.tomcat.util.net.Acceptor;

/**
 * Serves the node's connections, which come from another endpoint's port. What it has of
 * its own, a poller, threads, and places, nobody else can keep busy or locked.
 */
final class NodeEndpoint extends BoundedEndpoint {

	private static final int MOST = 32;

	private static final int MOST_BEGUN = 16;

	private static final int THREADS = 4;

	private final LongSupplier countDown;

	/**
	 * Made for another one.
	 * @param countDown to tell the other one that a connection is gone
	 */
	NodeEndpoint(LongSupplier countDown) {
		super(MOST, MOST_BEGUN, 1, Duration.ZERO);
		this.countDown = countDown;
		setMaxConnections(-1);
	}

	/**
	 * The node's threads.
	 * @param overflow has what comes while all of them are busy
	 */
	void useThreads(Executor overflow) {
		setExecutor(new ThreadPoolExecutor(0, THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(),
				Thread.ofPlatform().daemon().name("node-", 1).factory(), (request, _) -> overflow.execute(request)));
	}

	@Override
	public void bind() {
		setStopLatch(new CountDownLatch(1));
	}

	@Override
	protected void startAcceptorThread() {
		this.acceptor = new Acceptor<>(this) {
			@Override
			public void stopMillis(int waitMilliseconds) {
				// It never runs.
			}
		};
	}

	@Override
	protected long countDownConnection() {
		return this.countDown.getAsLong();
	}

}

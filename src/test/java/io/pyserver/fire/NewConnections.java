package io.pyserver.fire;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clients of a Service, at a steady rate, each request over a connection of its own. It
 * runs in a pod, with the Java of the image under test.
 */
final class NewConnections {

	private static final int CLIENTS = 8;

	private static final int TIMEOUT_MILLIS = 5_000;

	private final InetSocketAddress service;

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private final AtomicReference<String> lastFailure = new AtomicReference<>("none");

	private NewConnections(InetSocketAddress service) {
		this.service = service;
	}

	/**
	 * Prints every second how many it has sent, how many of them failed, and the last
	 * failure.
	 * @param arguments the Service's address, its port, and how many requests a second
	 */
	public static void main(String[] arguments) throws InterruptedException {
		NewConnections load = new NewConnections(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])));
		Duration period = Duration.ofSeconds(CLIENTS).dividedBy(Integer.parseInt(arguments[2]));
		for (int i = 0; i < CLIENTS; i++) {
			Thread.ofPlatform().daemon().start(() -> load.sendEvery(period));
		}
		while (true) {
			Thread.sleep(1_000);
			System.out.println(load.sent + " " + load.failed + " " + load.lastFailure);
		}
	}

	private void sendEvery(Duration period) {
		long next = System.nanoTime();
		while (true) {
			next = Math.max(next + period.toNanos(), System.nanoTime() - period.toNanos());
			try {
				Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
			}
			catch (InterruptedException ex) {
				return;
			}
			String answer = Probes.ask(this.service, TIMEOUT_MILLIS);
			this.sent.incrementAndGet();
			if (!answer.equals("HTTP/1.1 200")) {
				this.failed.incrementAndGet();
				this.lastFailure.set("at " + Instant.now() + ": " + answer);
			}
		}
	}

}

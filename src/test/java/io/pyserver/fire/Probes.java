package io.pyserver.fire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.pyserver.support.SelfSigned;

/**
 * Probes as the kubelet's, but twenty a second. Each has a connection of its own. It
 * fails if its answer does not begin within the time that the shipped probes allow.
 */
final class Probes implements AutoCloseable {

	private static final Duration PERIOD = Duration.ofMillis(50);

	private static final int TIMEOUT_MILLIS = 3_000;

	private final InetSocketAddress service;

	private final Queue<Thread> begun = new ConcurrentLinkedQueue<>();

	private final AtomicInteger sent = new AtomicInteger();

	private final List<String> failures = new CopyOnWriteArrayList<>();

	private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

	private final boolean tls;

	private Probes(InetAddress address, int port, boolean tls) {
		this.service = new InetSocketAddress(address, port);
		this.tls = tls;
	}

	static Probes of(InetAddress address, int port) {
		return of(address, port, false);
	}

	static Probes of(InetAddress address, int port, boolean tls) {
		Probes probes = new Probes(address, port, tls);
		probes.thread.start();
		return probes;
	}

	/** How many have ended. */
	int sent() {
		return this.sent.get();
	}

	/**
	 * The failures of all probes that have begun by now. It waits until these have ended.
	 */
	List<String> failures() throws InterruptedException {
		for (Thread probe : List.copyOf(this.begun)) {
			probe.join();
		}
		return this.failures;
	}

	private void run() {
		try {
			while (true) {
				Thread.sleep(PERIOD);
				this.begun.add(Thread.startVirtualThread(this::probe));
			}
		}
		catch (InterruptedException ex) {
			// It is closed.
		}
	}

	private void probe() {
		long begun = System.nanoTime();
		String answer = ask(this.service, TIMEOUT_MILLIS, this.tls);
		Duration taken = Duration.ofNanos(System.nanoTime() - begun);
		this.sent.incrementAndGet();
		if (!answer.equals("HTTP/1.1 200") || taken.toMillis() > TIMEOUT_MILLIS) {
			this.failures.add(answer + " after " + taken.toMillis() + " ms");
		}
	}

	/**
	 * One request over a connection of its own: the answer's first words, or the failure.
	 */
	static String ask(InetSocketAddress service, int timeoutMillis) {
		return ask(service, timeoutMillis, false);
	}

	static String ask(InetSocketAddress service, int timeoutMillis, boolean tls) {
		try (Socket plain = new Socket()) {
			plain.connect(service, timeoutMillis);
			plain.setSoTimeout(timeoutMillis);
			Socket connection = tls ? SelfSigned.client(plain) : plain;
			connection.getOutputStream()
				.write("GET / HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.ISO_8859_1));
			return new String(connection.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Override
	public void close() {
		this.thread.interrupt();
	}

}

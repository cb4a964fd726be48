package io.pyserver.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes lines from a thread of its own, so that a slow reader of the log never holds up
 * a request. What does not fit into the queue, or cannot be written, is counted.
 */
final class LineWriter implements AutoCloseable {

	private static final int CAPACITY = 10_000;

	private static final Duration CLOSING = Duration.ofSeconds(2);

	private final BlockingQueue<String> queue = new LinkedBlockingQueue<>(CAPACITY);

	private final LongAdder dropped = new LongAdder();

	private final OutputStream output;

	private final Thread thread;

	private volatile boolean closed;

	LineWriter(OutputStream output) {
		this.output = output;
		this.thread = Thread.ofPlatform().name("access-log").daemon().start(this::run);
	}

	/** Takes one line, without its end; never waits. */
	void write(String line) {
		if (!this.queue.offer(line)) {
			this.dropped.increment();
		}
	}

	/** Lines lost so far. */
	long dropped() {
		return this.dropped.sum();
	}

	/** Writes what is queued, waiting for a slow reader for at most two seconds. */
	@Override
	public void close() {
		this.closed = true;
		this.thread.interrupt();
		try {
			this.thread.join(CLOSING);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		List<String> lines = new ArrayList<>();
		while (!this.closed) {
			try {
				lines.add(this.queue.take());
			}
			catch (InterruptedException ex) {
				// Closing: what is queued is still written.
			}
			this.queue.drainTo(lines);
			writeAll(lines);
			lines.clear();
		}
		// What came while the last ones were written.
		this.queue.drainTo(lines);
		writeAll(lines);
	}

	private void writeAll(List<String> lines) {
		StringBuilder text = new StringBuilder();
		lines.forEach((line) -> text.append(line).append('\n'));
		try {
			this.output.write(text.toString().getBytes(StandardCharsets.UTF_8));
			this.output.flush();
		}
		catch (IOException ex) {
			this.dropped.add(lines.size());
		}
	}

}

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
import java.util.function.Supplier;

/**
 * Makes and writes lines on a thread of its own, so that a slow reader of the log never
 * holds up a request. What does not fit into the queue, or cannot be written, is counted.
 * Not {@link AutoCloseable}: a context resolved at build time would close it, whatever
 * its bean says, and lose the reason why a start fails.
 */
public final class LineWriter {

	/** With requests as long as Tomcat takes them, a full queue holds about 12 MB. */
	private static final int CAPACITY = 5_000;

	private static final int BATCH = 100;

	private static final Duration CLOSING = Duration.ofSeconds(2);

	private final BlockingQueue<Supplier<String>> queue = new LinkedBlockingQueue<>(CAPACITY);

	private final LongAdder dropped = new LongAdder();

	private final OutputStream output;

	private final Duration gathering;

	private final Thread thread;

	private volatile boolean closed;

	/**
	 * Starts its thread.
	 * @param output where the lines go
	 * @param gathering how long the first line waits for others: to be woken for each of
	 * them would cost more than the line
	 */
	LineWriter(OutputStream output, Duration gathering) {
		this.output = output;
		this.gathering = gathering;
		this.thread = Thread.ofPlatform().name("log").daemon().start(this::run);
	}

	/** Takes one line, without its end, to be made later; never waits. */
	void write(Supplier<String> line) {
		if (!this.queue.offer(line)) {
			this.dropped.increment();
		}
	}

	/**
	 * Lines lost so far.
	 * @return how many did not fit into the queue or could not be written
	 */
	public long dropped() {
		return this.dropped.sum();
	}

	/** Writes what is queued, waiting for a slow reader for at most two seconds. */
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
		List<Supplier<String>> lines = new ArrayList<>(BATCH);
		while (!this.closed) {
			try {
				lines.add(this.queue.take());
				Thread.sleep(this.gathering);
			}
			catch (InterruptedException ex) {
				// Closing: what is queued is still written.
			}
			do {
				this.queue.drainTo(lines, BATCH - lines.size());
				writeAll(lines);
			}
			while (this.queue.size() >= BATCH);
		}
		while (this.queue.drainTo(lines, BATCH) > 0) {
			writeAll(lines);
		}
	}

	private void writeAll(List<Supplier<String>> lines) {
		try {
			StringBuilder text = new StringBuilder();
			lines.forEach((line) -> text.append(line.get()).append('\n'));
			this.output.write(text.toString().getBytes(StandardCharsets.UTF_8));
			this.output.flush();
		}
		catch (IOException | RuntimeException ex) {
			this.dropped.add(lines.size());
		}
		lines.clear();
	}

}

package io.pyserver.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes and writes lines on a thread of its own, so that a slow reader of the log never
 * holds up a request. What does not fit into the queue, or cannot be written, is counted.
 * Not {@link AutoCloseable}: a context resolved at build time would close it, whatever
 * its bean says, and lose the reason why a start fails.
 */
public final class LineWriter {

	/** With requests as long as Tomcat takes them, a full queue holds about 12 MB. */
	private static final int CAPACITY = 5_000;

	/** What a pipe takes at once, of lines in ASCII. */
	private static final int BATCH = 60_000;

	private static final Duration CLOSING = Duration.ofSeconds(2);

	private final BlockingQueue<Line> queue = new LinkedBlockingQueue<>(CAPACITY);

	private final StringBuilder batch = new StringBuilder(BATCH);

	private int lines;

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
	void write(Line line) {
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
		while (!this.closed) {
			try {
				make(this.queue.take());
				Thread.sleep(this.gathering);
			}
			catch (InterruptedException ex) {
				// Closing: what is queued is still written.
			}
			writeQueued();
		}
		writeQueued();
	}

	private void writeQueued() {
		for (Line line = this.queue.poll(); line != null; line = this.queue.poll()) {
			make(line);
			if (this.batch.length() >= BATCH) {
				writeBatch();
			}
		}
		writeBatch();
	}

	private void make(Line line) {
		int end = this.batch.length();
		try {
			line.appendTo(this.batch);
			this.batch.append('\n');
			this.lines++;
		}
		catch (RuntimeException ex) {
			this.batch.setLength(end);
			this.dropped.increment();
		}
	}

	private void writeBatch() {
		if (this.lines == 0) {
			return;
		}
		try {
			this.output.write(this.batch.toString().getBytes(StandardCharsets.UTF_8));
			this.output.flush();
		}
		catch (IOException ex) {
			this.dropped.add(this.lines);
		}
		this.batch.setLength(0);
		this.lines = 0;
	}

	/** A line to be made when it is written. */
	@FunctionalInterface
	interface Line {

		/** Appends the line, without its end. */
		void appendTo(StringBuilder text);

	}

}

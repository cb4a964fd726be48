package io.pyserver.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * Takes whole lines, and passes on as many at once as are waiting. Each is written and
 * flushed here; what was gathered goes out when none is waiting, and then the next ones
 * are given a moment to gather. Without that, under load, every line wakes this thread
 * and the log's reader.
 */
final class BatchedOutput extends OutputStream {

	/** In bytes: what a pipe takes at once. */
	private static final int LARGEST = 60_000;

	private static final Duration GATHERING = Duration.ofMillis(10);

	private final OutputStream output;

	private final IntSupplier waiting;

	private final LongAdder lost;

	private final ByteArrayOutputStream batch = new ByteArrayOutputStream(LARGEST);

	private int lines;

	/**
	 * In front of another one.
	 * @param waiting how many lines are about to be written
	 * @param lost counts those that could not be
	 */
	BatchedOutput(OutputStream output, IntSupplier waiting, LongAdder lost) {
		this.output = output;
		this.waiting = waiting;
		this.lost = lost;
	}

	@Override
	public void write(int b) {
		this.batch.write(b);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		this.batch.write(bytes, offset, length);
	}

	@Override
	public void flush() {
		this.lines++;
		if (this.batch.size() >= LARGEST) {
			writeOut();
		}
		else if (this.waiting.getAsInt() == 0) {
			writeOut();
			gather();
		}
	}

	@Override
	public void close() {
		writeOut();
	}

	private void writeOut() {
		try {
			this.batch.writeTo(this.output);
		}
		catch (IOException ex) {
			this.lost.add(this.lines);
		}
		this.batch.reset();
		this.lines = 0;
	}

	private static void gather() {
		try {
			Thread.sleep(GATHERING);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

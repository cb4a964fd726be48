package io.pyserver.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader of the log may stop reading, or go; the writer of a line never notices.
 */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class LineWriterTest {

	private static final int QUEUE = 5_000;

	@Test
	void aReaderThatStopsReadingHoldsUpNobodyAndCostsOnlyWhatDoesNotFit() throws Exception {
		StoppedOutput output = new StoppedOutput();
		LineWriter writer = new LineWriter(output, Duration.ZERO);
		writer.write((text) -> text.append("line 0"));
		output.awaitLine();

		IntStream.rangeClosed(1, QUEUE + 7).forEach((i) -> writer.write((text) -> text.append("line " + i)));

		assertThat(writer.dropped()).isEqualTo(7);
		output.goOn();
		writer.close();
		assertThat(output.lines()).isEqualTo(IntStream.rangeClosed(0, QUEUE).mapToObj((i) -> "line " + i).toList());
	}

	@Test
	void whatIsQueuedWhileClosingIsStillWritten() throws Exception {
		StoppedOutput output = new StoppedOutput();
		LineWriter writer = new LineWriter(output, Duration.ZERO);
		writer.write((text) -> text.append("being written"));
		output.awaitLine();
		writer.write((text) -> text.append("queued"));

		Thread closing = Thread.startVirtualThread(writer::close);
		output.awaitInterrupt();
		output.goOn();
		closing.join();

		assertThat(output.lines()).containsExactly("being written", "queued");
		assertThat(writer.dropped()).isZero();
	}

	@Test
	void whatCannotBeWrittenIsCounted() {
		LineWriter writer = new LineWriter(new OutputStream() {
			@Override
			public void write(int b) throws IOException {
				throw new IOException("Broken pipe");
			}
		}, Duration.ZERO);
		IntStream.range(0, 5).forEach((i) -> writer.write((text) -> text.append("line " + i)));
		writer.close();

		assertThat(writer.dropped()).isEqualTo(5);
	}

	/** Like a pipe that is full: a write does not return until somebody reads. */
	private static final class StoppedOutput extends OutputStream {

		private final ByteArrayOutputStream written = new ByteArrayOutputStream();

		private final CountDownLatch line = new CountDownLatch(1);

		private final CountDownLatch interrupt = new CountDownLatch(1);

		private final CountDownLatch open = new CountDownLatch(1);

		@Override
		public void write(int b) {
			throw new UnsupportedOperationException("Lines are written whole");
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			this.line.countDown();
			while (this.open.getCount() > 0) {
				try {
					this.open.await();
				}
				catch (InterruptedException ex) {
					this.interrupt.countDown();
				}
			}
			this.written.write(bytes, offset, length);
		}

		void awaitLine() throws InterruptedException {
			this.line.await();
		}

		void awaitInterrupt() throws InterruptedException {
			this.interrupt.await();
		}

		void goOn() {
			this.open.countDown();
		}

		List<String> lines() {
			return this.written.toString(StandardCharsets.UTF_8).lines().toList();
		}

	}

}

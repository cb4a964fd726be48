package io.pyserver.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader of the log may stop reading, or go; who logs a line never notices.
 */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class LogQueueTest {

	private static final int QUEUE = 5_000;

	@Test
	void aStoppedReaderDelaysNoThreadAndOnlyLinesAboveTheCapacityAreLost() throws Exception {
		StoppedOutput output = new StoppedOutput();
		LogQueue queue = queue(output);
		queue.log(() -> "line 0");
		output.awaitLine();

		IntStream.rangeClosed(1, QUEUE + 7).forEach((i) -> queue.log(() -> "line " + i));

		assertThat(queue.lost()).isEqualTo(7);
		output.goOn();
		queue.stop();
		assertThat(output.lines()).isEqualTo(IntStream.rangeClosed(0, QUEUE).mapToObj((i) -> "line " + i).toList());
	}

	@Test
	void queuedLinesAreWrittenAtTheStop() throws Exception {
		StoppedOutput output = new StoppedOutput();
		LogQueue queue = queue(output);
		queue.log(() -> "being written");
		output.awaitLine();
		queue.log(() -> "queued");

		Thread stopping = Thread.startVirtualThread(queue::stop);
		output.awaitInterrupt();
		output.goOn();
		stopping.join();

		assertThat(output.lines()).containsExactly("being written", "queued");
		assertThat(queue.lost()).isZero();
	}

	@Test
	void linesThatCannotBeWrittenAreCounted() {
		LogQueue queue = queue(new OutputStream() {
			@Override
			public void write(int b) throws IOException {
				throw new IOException("Broken pipe");
			}
		});
		IntStream.range(0, 5).forEach((i) -> queue.log(() -> "line " + i));
		queue.stop();

		assertThat(queue.lost()).isEqualTo(5);
	}

	static Stream<Throwable> failures() {
		return Stream.of(new IllegalStateException("on purpose"), new StackOverflowError("on purpose"),
				new NoClassDefFoundError("on purpose"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void aLineThatCannotBeCreatedIsCountedAndTheNextOneIsWritten(Throwable failure) {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		LogQueue queue = queue(output);
		queue.log(() -> {
			throw sneaky(failure);
		});
		queue.log(() -> "the next");
		queue.stop();

		assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("the next\n");
		assertThat(queue.lost()).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void theNextLineIsWrittenAfterAFailureOfTheOutput(Throwable failure) throws Exception {
		ByteArrayOutputStream written = new ByteArrayOutputStream();
		CountDownLatch failed = new CountDownLatch(1);
		LogQueue queue = queue(new OutputStream() {
			@Override
			public void write(int b) {
				throw new UnsupportedOperationException("Lines are written whole");
			}

			@Override
			public void write(byte[] bytes, int offset, int length) {
				if (failed.getCount() > 0) {
					failed.countDown();
					throw sneaky(failure);
				}
				written.write(bytes, offset, length);
			}
		});
		queue.log(() -> "lost");
		failed.await();
		queue.log(() -> "the next");
		queue.stop();

		assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("the next\n");
		assertThat(queue.lost()).isEqualTo(1);
	}

	private static RuntimeException sneaky(Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (RuntimeException) failure;
	}

	private static LogQueue queue(OutputStream output) {
		PrintStream printed = new PrintStream(output);
		LogQueue queue = new LogQueue(new LoggerContext(), () -> printed, Duration.ZERO);
		queue.start();
		return queue;
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

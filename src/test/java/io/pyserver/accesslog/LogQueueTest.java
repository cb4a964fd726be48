package io.pyserver.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EchoEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import io.pyserver.accesslog.RequestEncoder.Line;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader of the log may stop reading, or go; who logs a line never notices.
 */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class LogQueueTest {

	private static final int QUEUE = 5_000;

	private final LoggerContext context = new LoggerContext();

	private final LogQueue queue = new LogQueue(this.context);

	@Test
	void aReaderThatStopsReadingHoldsUpNobodyAndCostsOnlyWhatDoesNotFit() throws Exception {
		StoppedOutput output = new StoppedOutput();
		start(output);
		log("line 0");
		output.awaitLine();

		IntStream.rangeClosed(1, QUEUE + 8).forEach((i) -> log("line " + i));

		assertThat(this.queue.lost()).isEqualTo(7);
		output.goOn();
		this.queue.stop();
		assertThat(output.lines()).isEqualTo(IntStream.rangeClosed(0, QUEUE + 1).mapToObj((i) -> "line " + i).toList());
	}

	@Test
	void whatIsQueuedWhileItStopsIsStillWritten() throws Exception {
		StoppedOutput output = new StoppedOutput();
		start(output);
		log("being written");
		output.awaitLine();
		log("queued");

		Thread stopping = Thread.startVirtualThread(this.queue::stop);
		output.awaitInterrupt();
		output.goOn();
		stopping.join();

		assertThat(output.lines()).containsExactly("being written", "queued");
		assertThat(this.queue.lost()).isZero();
	}

	@Test
	void whatCannotBeWrittenIsCounted() {
		start(new OutputStream() {
			@Override
			public void write(int b) throws IOException {
				throw new IOException("Broken pipe");
			}
		});
		IntStream.range(0, 5).forEach((i) -> log("line " + i));
		this.queue.stop();

		assertThat(this.queue.lost()).isEqualTo(5);
	}

	@Test
	void aLineThatCannotBeMadeIsCountedAndTheNextOneIsWritten() {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		start(output);
		this.queue.requests().info("A request", (Line) () -> {
			throw new IllegalStateException("no line");
		});
		log("the next");
		this.queue.stop();

		assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("the next\n");
		assertThat(this.queue.lost()).isEqualTo(1);
	}

	private void start(OutputStream output) {
		OutputStreamAppender<ILoggingEvent> console = new OutputStreamAppender<>();
		console.setContext(this.context);
		console.setEncoder(new EchoEncoder<>());
		console.setOutputStream(OutputStream.nullOutputStream());
		console.start();
		this.context.setMDCAdapter(new LogbackMDCAdapter());
		this.queue.startInFrontOf(console, output);
		this.queue.requests().addAppender(this.queue);
	}

	private void log(String line) {
		this.queue.requests().info("A request", (Line) () -> line);
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

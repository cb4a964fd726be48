package io.pyserver.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.EchoEncoder;
import ch.qos.logback.core.encoder.Encoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Replaces Spring Boot's console appender. A thread that logs does not wait for a slow
 * reader of standard output. Lines that do not fit, or cannot be created or written, are
 * counted.
 * <p>
 * At full load it costs a tenth of the throughput. Logback's asynchronous appender costs
 * a fifth, half of that for its queue's lock. Lines are written in batches, because a
 * write for each line wakes the log's reader and would cost half of the throughput.
 */
public final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final String NAME = "QUEUE";

	/** The maximum number of waiting lines. If all are long, they take about 12 MB. */
	private static final int CAPACITY = 5_000;

	/** A batch of this many bytes is written at once. It fits into a pipe's buffer. */
	private static final int LARGEST_WRITE = 60_000;

	/** How long lines are collected before they are written together. */
	private static final Duration BATCH_TIME = Duration.ofMillis(10);

	/** How long a slow reader can delay the end of the service. */
	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

	private final LinkedTransferQueue<Supplier<byte[]>> lines = new LinkedTransferQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final LongAdder lost = new LongAdder();

	private Encoder<ILoggingEvent> encoder = new EchoEncoder<>();

	private final Supplier<PrintStream> output;

	private final Duration batchTime;

	private final ByteArrayOutputStream batch = new ByteArrayOutputStream(LARGEST_WRITE);

	private int batchLines;

	private final Thread writer = Thread.ofPlatform().name("log").daemon().unstarted(this::write);

	LogQueue(LoggerContext context, Supplier<PrintStream> output, Duration batchTime) {
		setContext(context);
		this.output = output;
		this.batchTime = batchTime;
		setName(NAME);
	}

	/**
	 * Returns the queue of this process. The first call replaces the console appender.
	 */
	static LogQueue installed() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
		if (root.getAppender(NAME) instanceof LogQueue queue) {
			return queue;
		}
		LogQueue queue = new LogQueue(context, () -> System.out, BATCH_TIME);
		root.iteratorForAppenders().forEachRemaining((appender) -> {
			if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
				queue.encoder = console.getEncoder();
				console.getCopyOfAttachedFiltersList().forEach(queue::addFilter);
				root.detachAppender(console);
				root.addAppender(queue);
			}
		});
		queue.start();
		return queue;
	}

	@Override
	public void start() {
		super.start();
		this.writer.start();
	}

	@Override
	protected void append(ILoggingEvent event) {
		event.prepareForDeferredProcessing();
		add(() -> this.encoder.encode(event));
	}

	/** Logs a line of visible ASCII, which the writer's thread creates. */
	void log(Supplier<String> line) {
		add(() -> (line.get() + '\n').getBytes(StandardCharsets.US_ASCII));
	}

	private void add(Supplier<byte[]> line) {
		if (this.waiting.incrementAndGet() <= CAPACITY) {
			this.lines.add(line);
		}
		else {
			this.waiting.decrementAndGet();
			this.lost.increment();
		}
	}

	/** The number of lines that did not fit, or could not be created or written. */
	public long lost() {
		return this.lost.sum();
	}

	/** Writes the remaining lines, and returns after {@link #STOP_TIMEOUT} at most. */
	@Override
	public void stop() {
		super.stop();
		this.writer.interrupt();
		try {
			this.writer.join(STOP_TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void write() {
		try {
			while (isStarted()) {
				writeAll(this.lines.take());
				Thread.sleep(this.batchTime);
			}
		}
		catch (InterruptedException ex) {
			// stop() interrupts it.
		}
		writeAll(this.lines.poll());
	}

	private void writeAll(@Nullable Supplier<byte[]> first) {
		for (Supplier<byte[]> line = first; line != null; line = this.lines.poll()) {
			this.waiting.decrementAndGet();
			try {
				this.batch.writeBytes(line.get());
				this.batchLines++;
			}
			catch (RuntimeException | Error ex) {
				this.lost.increment();
			}
			if (this.batch.size() >= LARGEST_WRITE) {
				writeBatch();
			}
		}
		writeBatch();
	}

	/** A test may replace the output. An output that failed once stays failed. */
	private void writeBatch() {
		try {
			PrintStream output = this.output.get();
			this.batch.writeTo(output);
			this.lost.add(output.checkError() ? this.batchLines : 0);
		}
		catch (IOException | RuntimeException | Error ex) {
			this.lost.add(this.batchLines);
		}
		this.batch.reset();
		this.batchLines = 0;
	}

}

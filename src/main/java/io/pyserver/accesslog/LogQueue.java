package io.pyserver.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
 * Stands in for Spring Boot's console: nobody who logs waits for a slow reader of
 * standard output. What does not fit into the queue, or cannot be made or written, is
 * counted.
 * <p>
 * By hand, because under full load Logback's asynchronous appender takes a fifth of the
 * throughput, half of that for its queue's lock, where this takes a tenth; and because
 * each of its lines wakes the log's reader, which would take half.
 */
public final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final String NAME = "QUEUE";

	/** With requests as long as Tomcat takes them, a full queue holds about 12 MB. */
	private static final int CAPACITY = 5_000;

	/** In bytes: what a pipe takes at once. */
	private static final int LARGEST_WRITE = 60_000;

	/** So long lines gather before they are written together. */
	private static final Duration GATHERING = Duration.ofMillis(10);

	/** For a slow reader, when the service ends. */
	private static final Duration LAST_WORDS = Duration.ofSeconds(2);

	private final LinkedTransferQueue<Supplier<byte[]>> lines = new LinkedTransferQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final LongAdder lost = new LongAdder();

	private Encoder<ILoggingEvent> encoder = new EchoEncoder<>();

	private final OutputStream output;

	private final Duration gathering;

	private final ByteArrayOutputStream batch = new ByteArrayOutputStream(LARGEST_WRITE);

	private int gathered;

	private final Thread writer = Thread.ofPlatform().name("log").daemon().unstarted(this::write);

	LogQueue(LoggerContext context, OutputStream output, Duration gathering) {
		setContext(context);
		this.output = output;
		this.gathering = gathering;
		setName(NAME);
	}

	/** The queue of this process, which takes the console's place the first time. */
	static LogQueue installed() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
		if (root.getAppender(NAME) instanceof LogQueue queue) {
			return queue;
		}
		LogQueue queue = new LogQueue(context, new FileOutputStream(FileDescriptor.out), GATHERING);
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

	/** Takes a line in visible ASCII, which is made by the thread that writes it. */
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

	/** How many lines did not fit into the queue or could not be made or written. */
	public long lost() {
		return this.lost.sum();
	}

	/** Writes what is waiting, and returns when that is done or nobody reads. */
	@Override
	public void stop() {
		super.stop();
		this.writer.interrupt();
		try {
			this.writer.join(LAST_WORDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void write() {
		try {
			while (isStarted()) {
				writeAll(this.lines.take());
				Thread.sleep(this.gathering);
			}
		}
		catch (InterruptedException ex) {
			// It has been stopped.
		}
		writeAll(this.lines.poll());
	}

	private void writeAll(@Nullable Supplier<byte[]> first) {
		for (Supplier<byte[]> line = first; line != null; line = this.lines.poll()) {
			this.waiting.decrementAndGet();
			try {
				this.batch.writeBytes(line.get());
				this.gathered++;
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

	private void writeBatch() {
		try {
			this.batch.writeTo(this.output);
		}
		catch (IOException | RuntimeException | Error ex) {
			this.lost.add(this.gathered);
		}
		this.batch.reset();
		this.gathered = 0;
	}

}

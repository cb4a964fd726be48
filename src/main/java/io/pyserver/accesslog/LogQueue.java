package io.pyserver.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;

/**
 * Logback's asynchronous appender in front of Spring Boot's console: nobody who logs
 * waits for a slow reader of standard output. What does not fit into the queue, or cannot
 * be written, is counted.
 */
public final class LogQueue extends AsyncAppender {

	private static final String NAME = "QUEUE";

	/** With requests as long as Tomcat takes them, a full queue holds about 12 MB. */
	private static final int CAPACITY = 5_000;

	/** Room for all who find at the same moment that there still is some. */
	private static final int RESERVE = 100;

	/** For a slow reader, in milliseconds, when the service ends. */
	private static final int LAST_WORDS = 2_000;

	private final LongAdder lost = new LongAdder();

	private final Logger requests;

	LogQueue(LoggerContext context) {
		this.requests = context.getLogger("requests");
		setContext(context);
		setName(NAME);
		setNeverBlock(true);
		setQueueSize(CAPACITY + RESERVE);
		setDiscardingThreshold(RESERVE);
		setMaxFlushTime(LAST_WORDS);
	}

	/**
	 * The queue of this process. The first time, it is put in front of the console, with
	 * the requests' lines beside the application's.
	 */
	static LogQueue installed() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
		if (root.getAppender(NAME) instanceof LogQueue queue) {
			return queue;
		}
		LogQueue queue = new LogQueue(context);
		queue.requests.setLevel(Level.INFO);
		root.iteratorForAppenders().forEachRemaining((appender) -> {
			if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
				root.detachAppender(console);
				queue.startInFrontOf(console, new FileOutputStream(FileDescriptor.out));
				root.addAppender(queue);
				queue.requests.setAdditive(false);
				queue.requests.addAppender(queue);
			}
		});
		return queue;
	}

	void startInFrontOf(OutputStreamAppender<ILoggingEvent> console, OutputStream output) {
		console.setEncoder(new RequestEncoder(console.getEncoder(), this.lost));
		console.setOutputStream(new BatchedOutput(output, this::getNumberOfElementsInQueue, this.lost));
		addAppender(console);
		start();
	}

	/** Whatever the level of the application's log is, and not in its file. */
	Logger requests() {
		return this.requests;
	}

	/** Asked where the queue is all but full; there is no level that may wait. */
	@Override
	protected boolean isDiscardable(ILoggingEvent event) {
		this.lost.increment();
		return true;
	}

	/**
	 * Lines lost so far.
	 * @return how many did not fit into the queue or could not be written
	 */
	public long lost() {
		return this.lost.sum();
	}

}

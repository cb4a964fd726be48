package io.pyserver.accesslog;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.JsonWriterStructuredLogFormatter;

/**
 * Formats the application's log events as JSON objects, with the fields of Google Cloud
 * Logging and Error Reporting. Spring Boot creates it by its class name, so the class and
 * its constructor are public.
 */
public final class ApplicationLine extends JsonWriterStructuredLogFormatter<ILoggingEvent> {

	/** Called by Spring Boot. */
	public ApplicationLine(ThrowableProxyConverter stackTraces) {
		super(JsonWriter.<ILoggingEvent>of((line) -> fields(line, stackTraces)).withNewLineAtEnd());
	}

	private static void fields(Members<ILoggingEvent> line, ThrowableProxyConverter stackTraces) {
		line.add("severity", (event) -> severity(event.getLevel()));
		line.add("time", ILoggingEvent::getInstant);
		line.add("message", ILoggingEvent::getFormattedMessage);
		line.add("logger", ILoggingEvent::getLoggerName);
		line.add("thread", ILoggingEvent::getThreadName);
		line.add("stack_trace").whenNotNull(ILoggingEvent::getThrowableProxy).as(stackTraces::convert);
	}

	private static String severity(Level level) {
		return switch (level.toInt()) {
			case Level.ERROR_INT -> "ERROR";
			case Level.WARN_INT -> "WARNING";
			case Level.INFO_INT -> "INFO";
			default -> "DEBUG";
		};
	}

}

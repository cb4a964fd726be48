package io.pyserver.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;

/**
 * Writes the lines of requests in their own form, and everything else in the one that
 * Spring Boot has set up.
 */
final class RequestEncoder extends EncoderBase<ILoggingEvent> {

	private static final byte[] NOTHING = {};

	private final Encoder<ILoggingEvent> others;

	private final LongAdder lost;

	/**
	 * In front of another one.
	 * @param lost counts those that could not be made
	 */
	RequestEncoder(Encoder<ILoggingEvent> others, LongAdder lost) {
		this.others = others;
		this.lost = lost;
	}

	@Override
	public byte[] headerBytes() {
		return this.others.headerBytes();
	}

	@Override
	public byte[] encode(ILoggingEvent event) {
		try {
			Object[] arguments = event.getArgumentArray();
			return (arguments != null && arguments.length == 1 && arguments[0] instanceof Line line)
					? (line.get() + '\n').getBytes(StandardCharsets.US_ASCII) : this.others.encode(event);
		}
		catch (RuntimeException ex) {
			this.lost.increment();
			return NOTHING;
		}
	}

	@Override
	public byte[] footerBytes() {
		return this.others.footerBytes();
	}

	/** A request's line in visible ASCII, made by the thread that writes it. */
	@FunctionalInterface
	interface Line extends Supplier<String> {

	}

}

package io.pyserver.accesslog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BiConsumer;

import io.pyserver.probe.Call;

/**
 * Werkzeug's form of a line:
 * {@code 10.42.0.1 - - [23/Nov/2026 05:20:49] "GET / HTTP/1.1" 200 -}, time in UTC.
 * Whatever was sent, the line matches
 * <pre>[0-9a-f.:]+ - - \[\d\d/[A-Z][a-z]{2}/\d{4} \d\d:\d\d:\d\d] "[ !#-~]+" [1-5]\d\d -</pre>
 * or, where Tomcat has no address to tell, has a dash for it.
 */
final class WerkzeugLine implements CallLine {

	private static final DateTimeFormatter TIME = DateTimeFormatter
		.ofPattern("'['dd/MMM/yyyy HH:mm:ss']'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final String quote;

	private final BiConsumer<StringBuilder, String> texts;

	private volatile Second current = Second.of(Instant.EPOCH);

	private WerkzeugLine(String quote, BiConsumer<StringBuilder, String> texts) {
		this.quote = quote;
		this.texts = texts;
	}

	static WerkzeugLine plain() {
		return new WerkzeugLine("\"", StringBuilder::append);
	}

	/** For use inside a JSON text. */
	static WerkzeugLine inJson() {
		return new WerkzeugLine("\\\"", JsonText::append);
	}

	@Override
	public void append(StringBuilder text, Call call) {
		text.append((call.remoteAddress() != null) ? call.remoteAddress() : "-");
		text.append(" - - ").append(second(call.time()).text()).append(' ').append(this.quote);
		this.texts.accept(text, call.method());
		this.texts.accept(text.append(' '), call.target());
		if (call.protocol() != null) {
			this.texts.accept(text.append(' '), call.protocol());
		}
		text.append(this.quote).append(' ').append(call.status()).append(" -");
	}

	/** Many requests share a second, and formatting one is dear. */
	private Second second(Instant time) {
		Second second = this.current;
		if (second.epoch() != time.getEpochSecond()) {
			second = Second.of(time);
			this.current = second;
		}
		return second;
	}

	private record Second(long epoch, String text) {

		static Second of(Instant instant) {
			return new Second(instant.getEpochSecond(), TIME.format(instant));
		}

	}

}

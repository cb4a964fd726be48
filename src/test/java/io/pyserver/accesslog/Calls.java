package io.pyserver.accesslog;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pyserver.probe.Attribution;
import io.pyserver.probe.Call;
import io.pyserver.probe.Caller;
import io.pyserver.probe.ProbeKind;

/** Records of requests that were never sent. */
final class Calls {

	private static final Instant TIME = Instant.parse("2026-11-23T05:20:49.123456789Z");

	private Calls() {
	}

	static Call from(@Nullable String address) {
		return new Call(TIME, address, null, "GET", "/", "HTTP/1.1", null, null, 200, 0, Duration.ZERO,
				new Attribution(Caller.OTHER, ProbeKind.NONE, false), false);
	}

	static Call of(int status, @Nullable String userAgent, @Nullable String trace, Attribution attribution) {
		return new Call(TIME, "10.42.0.1", "10.42.0.7", "GET", "/?q=\\x22", "HTTP/1.1", userAgent, trace, status, 34,
				Duration.ofNanos(1_012_345_678), attribution, status >= 400);
	}

}

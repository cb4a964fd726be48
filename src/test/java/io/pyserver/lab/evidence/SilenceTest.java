package io.pyserver.lab.evidence;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is broken on purpose answers; what is cut off does not. */
class SilenceTest {

	@ParameterizedTest
	@ValueSource(strings = {
			"Liveness probe failed: Get \"http://10.42.0.5:80/\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
			"Startup probe failed: dial tcp 10.42.0.5:9101: i/o timeout",
			"Readiness probe failed: timeout: failed to connect service \"10.42.0.5:80\" within 3s: context deadline exceeded",
			"Readiness probe failed: timeout: health rpc did not complete within 3s: rpc error: code = DeadlineExceeded",
			"Liveness probe failed: dial tcp 10.42.0.5:9102: connect: no route to host" })
	void nothingCameBack(String message) {
		assertThat(Silence.isToldBy(message)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Liveness probe failed: HTTP probe failed with statuscode: 503",
			"Readiness probe failed: service unhealthy (responded with \"NOT_SERVING\")",
			"Liveness probe failed: dial tcp 10.42.0.5:9102: connect: connection refused",
			"Liveness probe failed: wget: server returned error: HTTP/1.1 503" })
	void whatTheLabAskedForAnswered(String message) {
		assertThat(Silence.isToldBy(message)).isFalse();
	}

}

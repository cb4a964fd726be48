package io.pyserver.hello;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Decoded once, one slash in front, nothing else; and encoded again without a loss.
 */
class RequestPathTest {

	@ParameterizedTest
	@CsvSource({ "/version, /version", "/%76ersion, /version", "//version, /version", "/%2F%2fversion, /version",
			"*, /*", "/version%2F, /version/", "/a//b, /a//b", "/./a/../b, /./a/../b", "/a;b=c, /a;b=c", "/a+b, /a+b",
			"/%252e, /%2e", "/%, /%", "/%4, /%4", "/%4g, /%4g", "/%c3%a9, /é", "/%ff, /\ufffd" })
	void aTargetIsDecodedOnce(String target, String decoded) {
		RequestPath path = RequestPath.ofTarget(target);

		assertThat(path.decoded()).isEqualTo(decoded);
		assertThat(URLDecoder.decode(path.encoded(), StandardCharsets.UTF_8)).isEqualTo(decoded);
	}

}

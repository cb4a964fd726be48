package io.pyserver.hello;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service and a shell on the same machine agree on its name.
 */
class HostnameTest {

	@Test
	void theHostnameIsWhatTheCommandPrints() throws IOException {
		Process hostname = new ProcessBuilder("hostname").start();
		String printed = new String(hostname.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

		assertThat(Hostname.current()).isNotEmpty().isEqualTo(printed.strip());
	}

}

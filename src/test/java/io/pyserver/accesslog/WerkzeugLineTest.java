package io.pyserver.accesslog;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.probe.CallerResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Addresses of either family in their shortest form, and a dash for none.
 */
class WerkzeugLineTest {

	@ParameterizedTest
	@CsvSource({ "10.42.0.1, 10.42.0.1", "0:0:0:0:0:0:0:1, ::1", "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
			"fe80:0:0:0:0:0:0:1%2, fe80::1", ", -" })
	void aLineStartsWithTheCallersAddress(String address, String logged) {
		assertThat(WerkzeugLine.of(Calls.from(CallerResolver.shortest(address)))).startsWith(logged + " - - [")
			.endsWith("] \"GET / HTTP/1.1\" 200 -");
	}

}

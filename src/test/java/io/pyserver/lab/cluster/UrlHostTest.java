package io.pyserver.lab.cluster;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How a host stands in a URL. */
class UrlHostTest {

	@ParameterizedTest
	@CsvSource({ "10.43.0.1, 10.43.0.1", "fd43::1, [fd43::1]", "kubernetes.default, kubernetes.default" })
	void onlyAnIpv6AddressHasBrackets(String host, String inUrl) {
		assertThat(UrlHost.of(host)).isEqualTo(inUrl);
	}

}

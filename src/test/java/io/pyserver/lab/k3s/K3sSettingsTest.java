package io.pyserver.lab.k3s;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.cluster.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The defaults of the cluster tests, and the values that their settings can have. */
class K3sSettingsTest {

	@Test
	void aClusterHasTwoNodesOfK3sByDefault() {
		assertThat(of(Map.of())).returns("rancher/k3s:v1.34.1-k3s1", K3sSettings::k3sImage)
			.returns(2, K3sSettings::nodes)
			.returns("IPv4", K3sSettings::ipFamilies)
			.returns(false, K3sSettings::required);
	}

	@Test
	void aPropertyWithoutAValueIsTrue() {
		assertThat(of(Map.of("lab.required", ""))).matches(K3sSettings::required);
	}

	@Test
	void theNodeImageComesFromThePropertyOrTheVariable() {
		assertThat(K3sSettings.of((_) -> null, "mine:1").k3sImage()).isEqualTo("mine:1");
		assertThat(K3sSettings.of(Map.of("lab.k3s-image", "other:1")::get, "mine:1").k3sImage()).isEqualTo("other:1");
	}

	@ParameterizedTest
	@CsvSource({ "all, 2", "3, 3", "1, 1" })
	void aThrowAwayClusterHasTheNodesOfTheSetting(String nodes, int started) {
		assertThat(of(Map.of("lab.nodes", nodes))).returns(started, K3sSettings::nodes);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			lab.nodes       | 6    | lab.nodes=6 is neither all nor a whole number from 1 to 5
			lab.required    | no   | lab.required=no is neither true nor false
			lab.ip-families | IPv5 | lab.ip-families=IPv5 is none of IPv4; IPv4,IPv6; IPv6,IPv4
			lab.context     | gke  | lab.image is missing
			lab.image       | a:1  | lab.context is missing
			""")
	void theErrorNamesAWrongValueAndTheValuesThatAreAllowed(String name, String value, String message) {
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> of(Map.of(name, value)))
			.withMessageContaining(message)
			.withMessageNotContaining("\n");
	}

	private static K3sSettings of(Map<String, String> properties) {
		return K3sSettings.of(properties::get, null);
	}

}

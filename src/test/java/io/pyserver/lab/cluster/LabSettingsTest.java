package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the lab does unless told otherwise, and what it may be told. */
class LabSettingsTest {

	@Test
	void unlessToldOtherwiseItStartsTwoNodesOfK3s() {
		LabSettings settings = of(Map.of());

		assertThat(settings.context()).isNull();
		assertThat(settings.k3sImage()).isEqualTo("rancher/k3s:v1.34.1-k3s1");
		assertThat(settings.nodes()).isEqualTo(2);
		assertThat(settings.keep()).isEqualTo(Keep.NEVER);
		assertThat(settings.everyNode()).isFalse();
		assertThat(settings.required()).isFalse();
	}

	@Test
	void aPropertyWithoutAValueSwitchesOn() {
		assertThat(of(Map.of("lab.keep", "", "lab.required", "true"))).returns(Keep.ALWAYS, LabSettings::keep)
			.matches(LabSettings::required);
	}

	@Test
	void theNodeImageComesFromThePropertyOrTheVariable() {
		assertThat(LabSettings.of((_) -> null, "mine:1").k3sImage()).isEqualTo("mine:1");
		assertThat(LabSettings.of(Map.of("lab.k3s-image", "other:1")::get, "mine:1").k3sImage()).isEqualTo("other:1");
	}

	@ParameterizedTest
	@CsvSource({ "true, false, true", "true, true, true", "false, true, false", "on-failure, false, false",
			"on-failure, true, true" })
	void whatFailedMayBeKept(String keep, boolean failed, boolean kept) {
		assertThat(of(Map.of("lab.keep", keep)).keep().keeps(failed)).isEqualTo(kept);
	}

	@ParameterizedTest
	@CsvSource({ "all, 2, 1000", "3, 3, 3", "1, 1, 1" })
	void eachCellIsTriedOnEveryNode(String nodes, int throwAway, int existing) {
		assertThat(of(Map.of("lab.nodes", nodes))).returns(throwAway, LabSettings::nodes)
			.matches(LabSettings::everyNode);
		assertThat(of(Map.of("lab.nodes", nodes, "lab.context", "gke", "lab.image", "a:1")))
			.returns(existing, LabSettings::nodes)
			.matches(LabSettings::everyNode);
	}

	@Test
	void numbersAreSeconds() {
		assertThat(of(Map.of("lab.settle", "7")).settle()).isEqualTo(Duration.ofSeconds(7));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			lab.nodes   | 0    | lab.nodes=0 is neither all nor a whole number from 1 to 5
			lab.nodes   | two  | lab.nodes=two is neither all nor a whole number from 1 to 5
			lab.period  | 1.5  | lab.period=1.5 is no whole number from 1 to 20
			lab.settle  | -1   | lab.settle=-1 is no whole number from 1 to 600
			lab.keep    | yes  | lab.keep=yes is none of true, false, on-failure
			lab.required | no  | lab.required=no is neither true nor false
			lab.only    | deny | lab.only: 'deny' is none of all, none,
			lab.context | gke  | lab.image is missing
			lab.image   | a:1  | lab.context is missing
			""")
	void aBadValueIsNamedWithWhatItMayBe(String name, String value, String message) {
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> of(Map.of(name, value)))
			.withMessageContaining(message)
			.matches((ex) -> !ex.getMessage().contains("\n"));
	}

	private static LabSettings of(Map<String, String> properties) {
		return LabSettings.of(properties::get, null);
	}

}

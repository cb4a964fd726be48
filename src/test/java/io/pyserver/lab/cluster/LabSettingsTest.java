package io.pyserver.lab.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pyserver.lab.cluster.LabSettings.Keep;

/** The defaults of the lab, and the values that its settings can have. */
class LabSettingsTest {

	@Test
	void eachCellIsTriedOnOneOfTwoNodesByDefault() {
		assertThat(of(Map.of())).returns(null, LabSettings::context)
			.returns(2, LabSettings::nodes)
			.returns(Keep.NEVER, LabSettings::keep)
			.returns(false, LabSettings::everyNode)
			.returns(Path.of("target/probe-lab"), LabSettings::report);
	}

	@ParameterizedTest
	@CsvSource({ "'', false, true", "true, false, true", "true, true, true", "false, true, false",
			"on-failure, false, false", "on-failure, true, true" })
	void aRunIsKeptAsTheSettingKeepSays(String keep, boolean failed, boolean kept) {
		assertThat(of(Map.of("lab.keep", keep)).keep().keeps(failed)).isEqualTo(kept);
	}

	@ParameterizedTest
	@CsvSource({ "all, 2147483647", "3, 3", "1, 1" })
	void theSettingNodesTriesEachCellOnEveryNode(String nodes, int most) {
		assertThat(of(Map.of("lab.nodes", nodes))).returns(most, LabSettings::nodes).matches(LabSettings::everyNode);
	}

	@Test
	void theNumbersOfDurationsAreSeconds() {
		assertThat(of(Map.of("lab.settle", "7")).settle()).isEqualTo(Duration.ofSeconds(7));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			lab.nodes   | 0    | lab.nodes=0 is neither all nor a whole number from 1 to 1000
			lab.nodes   | two  | lab.nodes=two is neither all nor a whole number from 1 to 1000
			lab.period  | 1.5  | lab.period=1.5 is no whole number from 1 to 20
			lab.settle  | -1   | lab.settle=-1 is no whole number from 1 to 600
			lab.keep    | yes  | lab.keep=yes is none of true, false, on-failure
			lab.only    | deny | lab.only: 'deny' is none of all, none,
			""")
	void theErrorNamesAWrongValueAndTheValuesThatAreAllowed(String name, String value, String message) {
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> of(Map.of(name, value)))
			.withMessageContaining(message)
			.withMessageNotContaining("\n");
	}

	private static LabSettings of(Map<String, String> properties) {
		return LabSettings.of(properties::get);
	}

}

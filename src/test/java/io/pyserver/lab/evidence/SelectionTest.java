package io.pyserver.lab.evidence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Which cells a selection selects. */
class SelectionTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			all                                            | 120
			deny-both                                      | 24
			deny-both/httpGet                              | 6
			deny-both/httpGet/liveness/pod-first           | 1
			grpc/none                                      | 6
			readiness                                      | 40
			deny-both/httpGet, deny-both/grpc              | 12
			deny-both/httpGet,deny-both                    | 24
			""")
	void aPatternSelectsTheCellsWithItsNames(String text, int cells) {
		assertThat(Selection.of(text).cells()).hasSize(cells).doesNotHaveDuplicates();
	}

	@Test
	void theStandardSelectionIsBothPolicies() {
		assertThat(Selection.of(null).cells()).isEqualTo(Selection.of("deny-both").cells());
	}

	@ParameterizedTest
	@ValueSource(strings = { "deny-all", "", "deny-both/", "deny-both/*", "httpget", "deny-both/all" })
	void anUnknownNameIsAnError(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Selection.of(text))
			.withMessageContaining("is none of all, none, deny-ingress, deny-egress, deny-both, allow-peer, httpGet");
	}

	@Test
	void twoMechanismsSelectNoCell() {
		assertThatIllegalArgumentException().isThrownBy(() -> Selection.of("httpGet/grpc"))
			.withMessage("'httpGet/grpc' fits no cell; a cell has one policy, one mechanism, one kind and one order");
	}

}

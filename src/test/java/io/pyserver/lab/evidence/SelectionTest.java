package io.pyserver.lab.evidence;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Which cells a selection asks for. */
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
	void aPatternFitsWhatItDoesNotName(String text, int cells) {
		assertThat(Selection.of(text).cells()).hasSize(cells).doesNotHaveDuplicates();
	}

	@Test
	void theStandardIsBothPoliciesAndEverythingElse() {
		assertThat(Selection.of(null).cells()).isEqualTo(Selection.of("deny-both").cells());
	}

	@ParameterizedTest
	@ValueSource(strings = { "deny-all", "", "deny-both/", "deny-both/*", "httpget", "deny-both/all" })
	void anUnknownNameIsNamedWithThoseThereAre(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Selection.of(text))
			.withMessageContaining("is none of all, none, deny-ingress, deny-egress, deny-both, allow-peer, httpGet");
	}

	@Test
	void twoOfAKindFitNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> Selection.of("httpGet/grpc"))
			.withMessage("'httpGet/grpc' fits no cell; a cell has one policy, one mechanism, one kind and one order");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					deny-both                            | 96 of the 120 cells of the matrix were not tried, \
					all of none, deny-ingress, deny-egress, allow-peer among them
					deny-both/httpGet/liveness/pod-first | 119 of the 120 cells of the matrix were not tried, \
					all of none, deny-ingress, deny-egress, allow-peer, tcpSocket, exec, grpc, startup, readiness, policy-first among them
					none/pod-first, none/policy-first/exec, deny-both/pod-first, deny-ingress, deny-egress, allow-peer | \
					21 of the 120 cells of the matrix were not tried
					all                                  |
					""")
	void whatIsNotTriedIsNamed(String tried, @Nullable String untried) {
		assertThat(Selection.untried(Set.copyOf(Selection.of(tried).cells())).orElse(null)).isEqualTo(untried);
	}

	@Test
	void whereNothingIsTriedNoPartIsNamed() {
		assertThat(Selection.untried(Set.of())).contains("120 of the 120 cells of the matrix were not tried");
	}

}

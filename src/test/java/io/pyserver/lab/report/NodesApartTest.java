package io.pyserver.lab.report;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where some nodes differ from the others, that is said, and else nothing: where all or
 * none are hit, where a node is not known, and of a baseline.
 */
class NodesApartTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			survives LIVENESS on a, broken LIVENESS on b, survives LIVENESS on c            | only on node b of 3
			survives READINESS on a, broken LIVENESS on a, survives LIVENESS on b           | only on node a of 2
			not-enforced LIVENESS on c, survives LIVENESS on b, broken LIVENESS on a        | only on nodes a, c of 3
			broken LIVENESS on a, broken LIVENESS on b                                      |
			survives LIVENESS on a, survives LIVENESS on b                                  |
			broken LIVENESS on a                                                            |
			                                                                                |
			survives LIVENESS on a, broken LIVENESS on b, inconclusive READINESS            |
			broken LIVENESS on a, survives BASELINE on b                                    |
			survives LIVENESS on a, survives LIVENESS on b, broken BASELINE on b            |
			""")
	void nodesThatDifferAreNamed(@Nullable String cells, @Nullable String apart) {
		assertThat(NodesApart.of(SampleRun.of(cells)).orElse(null)).isEqualTo(apart);
	}

}

package io.pyserver.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static io.pyserver.lab.report.SampleCell.BASELINE;
import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static io.pyserver.lab.report.SampleCell.READINESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where some nodes differ from the others, that is said, and else nothing.
 */
class NodesApartTest {

	@Test
	void oneOfFiveNodesIsCut() {
		assertThat(OpeningSentence.of(SampleRun.of(onNodes(5, Set.of(3)))).evidence())
			.startsWith("1 of 2 cells broken, 1 surviving; only on node agent3 of 5; 94 probes answered ");
	}

	@Test
	void oneOfTwoNodesIsCut() {
		assertThat(apart(onNodes(2, Set.of(1)))).contains("only on node agent1 of 2");
	}

	@Test
	void severalNodesAreNamed() {
		assertThat(apart(onNodes(5, Set.of(4, 2)))).contains("only on nodes agent2, agent4 of 5");
	}

	@Test
	void nothingIsSaidWhereAllOrNoneAreHit() {
		assertThat(apart(onNodes(2, Set.of(1, 2)))).isEmpty();
		assertThat(apart(onNodes(2, Set.of()))).isEmpty();
		assertThat(apart(onNodes(1, Set.of(1)))).isEmpty();
		assertThat(apart(List.of())).isEmpty();
	}

	@Test
	void nothingIsSaidWhereANodeIsNotKnown() {
		List<CellResult> results = new ArrayList<>(onNodes(5, Set.of(3)));
		results.add(SampleCell.inconclusive(READINESS));

		assertThat(apart(results)).isEmpty();
	}

	@Test
	void aBaselineDoesNotTellNodesApart() {
		assertThat(apart(List.of(SampleCell.on("agent1", SampleCell.broken(LIVENESS)),
				SampleCell.on("agent2", SampleCell.survives(BASELINE)))))
			.isEmpty();
		assertThat(apart(List.of(SampleCell.on("agent1", SampleCell.survives(LIVENESS)),
				SampleCell.on("agent2", SampleCell.survives(LIVENESS)),
				SampleCell.on("agent2", SampleCell.broken(BASELINE)))))
			.isEmpty();
	}

	/** Two cells on each node, of which one breaks on those that are cut. */
	private static List<CellResult> onNodes(int nodes, Set<Integer> cut) {
		return IntStream.rangeClosed(1, nodes)
			.boxed()
			.flatMap((node) -> List
				.of(SampleCell.survives(READINESS),
						cut.contains(node) ? SampleCell.broken(LIVENESS) : SampleCell.survives(LIVENESS))
				.stream()
				.map((result) -> SampleCell.on("agent" + node, result)))
			.toList();
	}

	private static Optional<String> apart(List<CellResult> results) {
		return NodesApart.of(SampleRun.of(results));
	}

}

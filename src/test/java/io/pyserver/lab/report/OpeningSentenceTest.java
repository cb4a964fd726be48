package io.pyserver.lab.report;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Verdict;

import static io.pyserver.lab.report.SampleCell.BASELINE;
import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static io.pyserver.lab.report.SampleCell.READINESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said first has to be true, whatever was found. A sample cell has ten probes,
 * and eight controls of which all but a ping are judged before, during and after.
 */
class OpeningSentenceTest {

	private static final String ON = " on k3d-foo (Kubernetes v1.34.4, Cilium): ";

	private static final String BASELINE_HOLDS = "without any policy, probes arrive in 1 of 1 baseline cell; ";

	@Test
	void probesSurvive() {
		assertThat(sentence(SampleCell.survives(LIVENESS), SampleCell.survives(READINESS)))
			.isEqualTo("Probes survive default-deny" + ON + "2 of 2 cells; 20 probes answered under enforced policies; "
					+ "42 of 42 control connections as expected, in 3 min 10 s.");
	}

	@Test
	void theBaselineSurvivesNoPolicy() {
		assertThat(sentence(SampleCell.survives(BASELINE), SampleCell.survives(LIVENESS)))
			.isEqualTo("Probes survive default-deny" + ON + "1 of 1 cell; " + BASELINE_HOLDS
					+ "10 probes answered under enforced policies; 42 of 42 control connections as expected, in 3 min 10 s.");
	}

	@Test
	void probesSurviveButTheBaselineDoesNot() {
		assertThat(sentence(SampleCell.inconclusive(BASELINE), SampleCell.survives(LIVENESS)))
			.startsWith("What default-deny does to probes is not known in every cell" + ON
					+ "1 of 1 cell surviving; without any policy, probes are shown to arrive only in 0 of 1 baseline cell; 10 probes ");
	}

	@Test
	void probesBreakEvenInTheBaseline() {
		assertThat(sentence(SampleCell.broken(BASELINE), SampleCell.survives(LIVENESS)))
			.startsWith("Probes break even without a policy" + ON
					+ "1 of 1 cell surviving; without any policy, probes are shown to arrive only in 0 of 1 baseline cell; ");
		assertThat(sentence(SampleCell.broken(BASELINE), SampleCell.notEnforced(LIVENESS)))
			.startsWith("Probes break even without a policy" + ON);
		assertThat(sentence(SampleCell.broken(BASELINE), SampleCell.broken(LIVENESS)))
			.startsWith("Probes break under default-deny" + ON);
		assertThat(sentence(SampleCell.broken(BASELINE))).startsWith("Probes break even without a policy" + ON
				+ "without any policy, probes are shown to arrive only in 0 of 1 baseline cell; ");
	}

	@Test
	void theBaselineIsNotAsItHasToBe() {
		assertThat(sentence(SampleCell.notEnforced(BASELINE), SampleCell.survives(LIVENESS)))
			.startsWith("Policies were not shown to be enforced in every cell" + ON + "1 of 1 cell surviving; ");
		assertThat(sentence(SampleCell.inconclusive(BASELINE))).startsWith("No policy was tested" + ON);
	}

	@Test
	void theBaselineAlone() {
		assertThat(sentence(SampleCell.survives(BASELINE))).isEqualTo("No policy was tested" + ON + BASELINE_HOLDS
				+ "21 of 21 control connections as expected, in 3 min 10 s.");
	}

	@Test
	void nothingAtAll() {
		assertThat(sentence()).isEqualTo("No policy was tested" + ON + "no control connection tried, in 3 min 10 s.");
	}

	@Test
	void allBreak() {
		assertThat(sentence(SampleCell.broken(LIVENESS)))
			.isEqualTo("Probes break under default-deny" + ON + "1 of 1 cell broken; 4 probes answered under enforced "
					+ "policies; 21 of 21 control connections as expected, in 3 min 10 s.");
	}

	@Test
	void someBreak() {
		assertThat(sentence(SampleCell.survives(LIVENESS), SampleCell.broken(READINESS)))
			.startsWith("Some probes break under default-deny" + ON + "1 of 2 cells broken, 1 surviving; 14 probes ");
	}

	@Test
	void theWorstIsSaidFirst() {
		assertThat(sentence(SampleCell.survives(of(Policy.DENY_EGRESS)), SampleCell.inconclusive(LIVENESS),
				SampleCell.notEnforced(READINESS), SampleCell.broken(of(Policy.ALLOW_PEER))))
			.startsWith("Some probes break under default-deny" + ON
					+ "1 of 4 cells broken, 1 surviving, 1 without policies shown to be enforced, 1 inconclusive; ");
	}

	@Test
	void noneBreaksAndNotAllSurvive() {
		assertThat(sentence(SampleCell.survives(LIVENESS), SampleCell.notEnforced(READINESS)))
			.startsWith("Policies were not shown to be enforced in every cell" + ON
					+ "1 of 2 cells surviving, 1 without policies shown to be enforced; 10 probes ");
	}

	@Test
	void policiesThatAreNotEnforcedProveNothing() {
		assertThat(sentence(SampleCell.notEnforced(LIVENESS)))
			.isEqualTo("Policies were not enforced, so nothing is known of probes" + ON
					+ "1 of 1 cell without policies shown to be enforced; 15 of 21 control connections as expected, in 3 min 10 s.");
	}

	@Test
	void missingEvidenceProvesNothing() {
		assertThat(sentence(SampleCell.inconclusive(LIVENESS), SampleCell.survives(BASELINE)))
			.startsWith("What default-deny does to probes is not known" + ON + "1 of 1 cell inconclusive; "
					+ BASELINE_HOLDS + "21 of 21 control");
	}

	@Test
	void someEvidenceIsMissing() {
		assertThat(sentence(SampleCell.inconclusive(LIVENESS), SampleCell.survives(READINESS)))
			.startsWith("What default-deny does to probes is not known in every cell" + ON
					+ "1 of 2 cells surviving, 1 inconclusive; ");
	}

	@Test
	void nothingIsSaidToSurviveUnlessEverythingDoes() {
		for (CellResult first : each(LIVENESS)) {
			for (CellResult second : each(READINESS)) {
				for (CellResult baseline : each(BASELINE)) {
					boolean survive = Stream.of(first, second, baseline)
						.allMatch((result) -> result.finding().verdict() == Verdict.SURVIVES);

					assertThat(OpeningSentence.of(SampleRun.of(first, second, baseline)).claim().contains("surviv"))
						.isEqualTo(survive);
				}
			}
		}
	}

	@Test
	void aCellOfSeveralNodesCountsOnceByItsWorst() {
		assertThat(sentence(SampleCell.on("a", SampleCell.survives(LIVENESS)),
				SampleCell.on("b", SampleCell.broken(LIVENESS))))
			.isEqualTo("Probes break under default-deny" + ON
					+ "1 of 1 cell broken; only on node b of 2; 14 probes answered under enforced policies; "
					+ "42 of 42 control connections as expected, in 3 min 10 s.");
		assertThat(sentence(SampleCell.on("a", SampleCell.survives(LIVENESS)),
				SampleCell.on("b", SampleCell.notEnforced(LIVENESS))))
			.startsWith("Policies were not enforced, so nothing is known of probes" + ON
					+ "1 of 1 cell without policies shown to be enforced; only on node b of 2; 10 probes ");
	}

	@Test
	void theCellsOfOnePodShareItsControls() {
		Cell other = new Cell(LIVENESS.policy(), LIVENESS.mechanism(), READINESS.kind(), LIVENESS.order());

		assertThat(sentence(SampleCell.survives(LIVENESS), SampleCell.survives(other))).contains("20 probes answered",
				"21 of 21 control connections");
	}

	@Test
	void anUnknownEngineIsCalledThat() {
		TestedCluster cluster = new TestedCluster("k3s", "v1.34.1", "unknown", List.of(), "pyserver", List.of());

		assertThat(OpeningSentence.of(SampleRun.of(cluster, List.of(SampleCell.survives(LIVENESS)))).text())
			.startsWith("Probes survive default-deny on k3s (Kubernetes v1.34.1, policy engine unknown): ");
	}

	private static List<CellResult> each(Cell cell) {
		return List.of(SampleCell.survives(cell), SampleCell.broken(cell), SampleCell.notEnforced(cell),
				SampleCell.inconclusive(cell));
	}

	private static Cell of(Policy policy) {
		return new Cell(policy, LIVENESS.mechanism(), LIVENESS.kind(), LIVENESS.order());
	}

	private static String sentence(CellResult... cells) {
		return OpeningSentence.of(SampleRun.of(cells)).text();
	}

}

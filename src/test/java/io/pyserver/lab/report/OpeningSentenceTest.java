package io.pyserver.lab.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Policy;

import static io.pyserver.lab.report.SampleCell.BASELINE;
import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static io.pyserver.lab.report.SampleCell.READINESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said first has to be true, whatever was found. A sample cell has ten probes,
 * and eight controls of which all are judged before and after, and all but a ping in
 * between.
 */
class OpeningSentenceTest {

	private static final String ON = " on k3d-foo (Kubernetes v1.34.4, Cilium): ";

	private static final String BASELINE_HOLDS = "without any policy, probes arrive in 1 of 1 baseline cell; ";

	@Test
	void probesSurvive() {
		assertThat(sentence(SampleCell.survives(LIVENESS), SampleCell.survives(READINESS)))
			.isEqualTo("Probes survive default-deny" + ON + "2 of 2 cells; 20 probes answered under enforced policies; "
					+ "46 of 46 control connections as expected, in 3 min 10 s.");
	}

	@Test
	void theBaselineSurvivesNoPolicy() {
		assertThat(sentence(SampleCell.survives(BASELINE), SampleCell.survives(LIVENESS)))
			.isEqualTo("Probes survive default-deny" + ON + "1 of 1 cell; " + BASELINE_HOLDS
					+ "10 probes answered under enforced policies; 47 of 47 control connections as expected, in 3 min 10 s.");
	}

	@Test
	void probesSurviveButTheBaselineDoesNot() {
		assertThat(sentence(SampleCell.inconclusive(BASELINE), SampleCell.survives(LIVENESS)))
			.startsWith("Probes survive default-deny" + ON
					+ "1 of 1 cell; without any policy, probes are shown to arrive only in 0 of 1 baseline cell; 10 probes ");
	}

	@Test
	void theBaselineAlone() {
		assertThat(sentence(SampleCell.survives(BASELINE))).isEqualTo("No policy was tested" + ON + BASELINE_HOLDS
				+ "24 of 24 control connections as expected, in 3 min 10 s.");
	}

	@Test
	void nothingAtAll() {
		assertThat(sentence()).isEqualTo("No policy was tested" + ON + "no control connection tried, in 3 min 10 s.");
	}

	@Test
	void allBreak() {
		assertThat(sentence(SampleCell.broken(LIVENESS)))
			.isEqualTo("Probes break under default-deny" + ON + "1 of 1 cell broken; 4 probes answered under enforced "
					+ "policies; 23 of 23 control connections as expected, in 3 min 10 s.");
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
			.startsWith("Probes survive default-deny as far as was shown" + ON
					+ "1 of 2 cells surviving, 1 without policies shown to be enforced; 10 probes ");
	}

	@Test
	void policiesThatAreNotEnforcedProveNothing() {
		assertThat(sentence(SampleCell.notEnforced(LIVENESS)))
			.isEqualTo("It is not known whether probes survive default-deny" + ON
					+ "1 of 1 cell without policies shown to be enforced; 17 of 23 control connections as expected, in 3 min 10 s.");
	}

	@Test
	void missingEvidenceProvesNothing() {
		assertThat(sentence(SampleCell.inconclusive(LIVENESS), SampleCell.survives(BASELINE)))
			.startsWith("It is not known whether probes survive default-deny" + ON + "1 of 1 cell inconclusive; "
					+ BASELINE_HOLDS + "24 of 24 control");
	}

	@Test
	void theCellsOfOnePodShareItsControls() {
		Cell other = new Cell(LIVENESS.policy(), LIVENESS.mechanism(), READINESS.kind(), LIVENESS.order());

		assertThat(sentence(SampleCell.survives(LIVENESS), SampleCell.survives(other))).contains("20 probes answered",
				"23 of 23 control connections");
	}

	@Test
	void anUnknownEngineIsCalledThat() {
		TestedCluster cluster = new TestedCluster("k3s", "v1.34.1", "unknown", List.of(), "pyserver", List.of());

		assertThat(OpeningSentence.of(SampleRun.of(cluster, List.of(SampleCell.survives(LIVENESS)))).text())
			.startsWith("Probes survive default-deny on k3s (Kubernetes v1.34.1, policy engine unknown): ");
	}

	private static Cell of(Policy policy) {
		return new Cell(policy, LIVENESS.mechanism(), LIVENESS.kind(), LIVENESS.order());
	}

	private static String sentence(CellResult... cells) {
		return OpeningSentence.of(SampleRun.of(cells)).text();
	}

}

package io.pyserver.lab;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Control.Expectation;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.ProbeEvidence.Origin;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.Control.Reach;
import io.pyserver.lab.experiment.Experiment;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.PodUnderTest;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.report.LabRun.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lesson: default-deny policies block all connections between a pod and other pods.
 * Its probes keep arriving, because they come from the pod's own node.
 */
@ClusterTest
@Order(Integer.MAX_VALUE)
class LessonIT {

	@Test
	void probesSurviveDefaultDeny(Lab lab) {
		try (Experiment experiment = lab.deployShipped()) {
			for (PodUnderTest pod : experiment.pods()) {
				assertProbesComeFromTheOwnNode(pod, Kind.LIVENESS);
				assertProbesComeFromTheOwnNode(pod, Kind.READINESS);
			}

			experiment.observeBaseline();
			assertControls(experiment, Phase.BEFORE);

			experiment.applyPolicies();
			experiment.awaitEnforcement();
			assertControls(experiment, Phase.DURING);
			experiment.pods().forEach(LessonIT::assertTheOwnNodeGetsThePage);

			experiment.watch();
			experiment.breakOnPurpose();
			experiment.removePolicies();
			experiment.results().forEach(CellResult::assertSurvives);
			assertControls(experiment, Phase.AFTER);
			System.out.println("The lesson, under both policies: " + last(experiment, Phase.DURING));
		}
	}

	private static void assertProbesComeFromTheOwnNode(PodUnderTest pod, Kind kind) {
		assertThat(pod.awaitProbes(kind))
			.as("before any policy, %s probes of %s come from its own node", kind.label(), pod)
			.containsExactly(Origin.OWN_NODE);
	}

	/**
	 * Only if the command runs as root on the node, as the kubelet does: some engines
	 * block other processes of a node.
	 */
	private static void assertTheOwnNodeGetsThePage(PodUnderTest pod) {
		Node node = pod.node();
		if (node.canRunCommands() && node.shell().run("id", "-u").stdout().strip().equals("0")) {
			String limit = String.valueOf(Limits.ALL.open().toSeconds());
			String script = Fetch.FUNCTION + "fetch \"$0\" \"$1\"";
			assertThat(node.shell().run("sh", "-c", script, limit, pod.endpoint().url()).stdout())
				.as("what the own node gets of %s", pod)
				.isEqualTo("Built Locally and Pushed\n from: " + pod);
		}
	}

	/**
	 * Fails with one line, because policies that are not enforced are the usual error.
	 */
	private static void assertControls(Experiment experiment, Phase phase) {
		List<Seen> last = last(experiment, phase);
		List<Seen> wrong = last.stream().filter((seen) -> !seen.expected().metBy(seen.reach())).toList();
		if (last.isEmpty() || !wrong.isEmpty()) {
			throw new AssertionError("%s: %s".formatted(switch (phase) {
				case BEFORE -> "already before any policy";
				case SETTLING, DURING -> "the policies are not enforced";
				case AFTER -> "without the policies";
			}, last.isEmpty() ? "no control could be tried" : wrong));
		}
	}

	/** If the controls never showed enforcement, the last attempt before that counts. */
	private static List<Seen> last(Experiment experiment, Phase phase) {
		return experiment.observations()
			.stream()
			.flatMap((pod) -> pod.controls()
				.stream()
				.flatMap((control) -> control.last(phase)
					.or(() -> (phase == Phase.DURING) ? control.last(Phase.SETTLING) : Optional.empty())
					.map((reach) -> new Seen(control.control(), pod.subject().pod(), reach,
							Expectation.of(control.control(), pod.cell().policy(), phase)))
					.stream()))
			.distinct()
			.toList();
	}

	/** How the last attempt of a control ended. */
	private record Seen(Control control, String pod, Reach reach, Expectation expected) {

		@Override
		public String toString() {
			return "%s of %s was %s and had to be %s".formatted(this.control.label(), this.pod, this.reach.label(),
					this.expected.label());
		}

	}

}

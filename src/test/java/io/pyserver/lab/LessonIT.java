package io.pyserver.lab;

import io.pyserver.lab.k3s.ClusterTest;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Origin;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.experiment.Experiment;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Look;
import io.pyserver.lab.report.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lesson: a default-deny policy cuts a pod off from every other pod, and its probes
 * keep arriving, because they come from the pod's own node.
 */
@ClusterTest
@Order(Integer.MAX_VALUE)
class LessonIT {

	@Test
	void probesSurviveDefaultDeny(Lab lab) {
		try (Experiment pods = lab.deployShipped()) {
			seeTheProbes(pods, Kind.LIVENESS);
			seeTheProbes(pods, Kind.READINESS);

			pods.reach();
			everythingIsAsExpected(pods.look(), Phase.BEFORE);

			pods.deny();
			pods.awaitEnforcement();
			everythingIsAsExpected(pods.look(), Phase.DURING);
			Map<String, String> pages = pods.look().pagesFromOwnNode();

			pods.watch();
			pods.breakOnPurpose();
			pods.allow();
			pods.results().forEach(CellResult::assertSurvives);

			pages.forEach(LessonIT::isThePage);
			everythingIsAsExpected(pods.look(), Phase.AFTER);
			System.out.println("The lesson, under both policies: " + pods.look().seen(Phase.DURING));
		}
	}

	private static void seeTheProbes(Experiment pods, Kind kind) {
		pods.look()
			.awaitProbes(kind)
			.forEach((pod, origins) -> assertThat(origins)
				.as("before any policy, %s probes of %s come from its own node", kind.label(), pod)
				.containsExactly(Origin.OWN_NODE));
	}

	/** In one line, as policies that nobody enforces are what goes wrong most often. */
	private static void everythingIsAsExpected(Look look, Phase phase) {
		List<String> gaps = look.gaps(phase);
		if (!gaps.isEmpty()) {
			throw new AssertionError("%s: %s".formatted(switch (phase) {
				case BEFORE -> "already before any policy";
				case SETTLING, DURING -> "the policies are not enforced";
				case AFTER -> "without the policies";
			}, String.join("; ", gaps)));
		}
	}

	private static void isThePage(String pod, String page) {
		assertThat(page).as("what the own node gets of %s", pod).isEqualTo("Built Locally and Pushed\n from: " + pod);
	}

}

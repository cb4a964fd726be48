package io.pyserver.lab;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Origin;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.experiment.Experiment;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.report.CellResult;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

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
			everythingIs("reached", pods.look().seen(Phase.BEFORE), decided());

			pods.deny();
			pods.awaitEnforcement();
			everythingIs("blocked", pods.look().seen(Phase.DURING), forbidden());
			Map<String, String> pages = pods.look().pagesFromOwnNode();

			pods.watch();
			pods.breakOnPurpose();
			pods.allow();
			pods.results().forEach(CellResult::assertSurvives);

			pages.forEach(LessonIT::isThePage);
			everythingIs("reached", pods.look().seen(Phase.AFTER), decided());
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

	/** One node has no other one to try from; a ping shows nothing on some engines. */
	private static Set<Control> decided() {
		return EnumSet.allOf(Control.class)
			.stream()
			.filter(Control::isDecidedByPolicies)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Control.class)));
	}

	private static Set<Control> forbidden() {
		return decided().stream()
			.filter((control) -> !control.openUnder(Policy.DENY_BOTH))
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Control.class)));
	}

	private static void everythingIs(String wanted, Map<Control, Map<String, Reach>> seen, Set<Control> controls) {
		assertThat(seen).containsKeys(Control.POD_TO_POD, Control.OUTSIDER_TO_POD, Control.POD_TO_OUTSIDER);
		seen.forEach((control, reaches) -> {
			if (controls.contains(control)) {
				reaches.forEach((pod, reach) -> {
					if (!wanted.equals(reach.blocked() ? "blocked" : reach.label())) {
						fail("%s of %s was %s and had to be %s".formatted(control.label(), pod, reach.label(), wanted));
					}
				});
			}
		});
	}

	private static void isThePage(String pod, String page) {
		assertThat(page).as("what the own node gets of %s", pod).isEqualTo("Built Locally and Pushed\n from: " + pod);
	}

}

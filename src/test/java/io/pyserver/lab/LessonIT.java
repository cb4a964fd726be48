package io.pyserver.lab;

import java.util.List;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.lesson.Evidence;
import io.pyserver.lab.lesson.Experiment;
import io.pyserver.lab.matrix.Lab;
import io.pyserver.lab.shipped.PodHealth;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The lesson: a default-deny policy cuts a pod off from every other pod, and its probes
 * keep arriving, because they come from the pod's own node.
 */
@ClusterTest
@Order(Integer.MAX_VALUE)
@TestInstance(Lifecycle.PER_CLASS)
class LessonIT {

	private Evidence evidence;

	private boolean pingIsPoliced;

	private boolean pingMayBeImpossible;

	@BeforeAll
	void denyEverythingAndWatch(Lab lab) {
		Cluster cluster = lab.cluster();
		assumeTrue(cluster.nodes().stream().allMatch(Node::hasWayIn),
				"it looks from the nodes, and this cluster lets no pod into their network; the matrix does without");
		this.pingIsPoliced = cluster.policesPing();
		this.pingMayBeImpossible = !cluster.isThrowAway();
		try (Experiment experiment = Experiment.on(cluster, lab.surroundings(), "lesson")) {
			this.evidence = experiment.run();
		}
		System.out.println("Under both policies: " + this.evidence.during());
	}

	@Test
	void beforeAnyPolicyEverythingReachesThePods() {
		assertThat(this.evidence.before().open()).as("%s", this.evidence.before()).isTrue();
	}

	@Test
	void beforeAnyPolicyTheProbesComeFromThePodsOwnNode() {
		assertThat(this.evidence.podsBefore()).hasSize(2).allSatisfy((pod) -> {
			assertThat(pod.livenessProbes()).isNotEmpty().extracting(LogLine::source).isSubsetOf(pod.nodeAddresses());
			assertThat(pod.pageFromOwnNode().body()).startsWith("Built Locally and Pushed");
		});
	}

	@Test
	void underThePoliciesThePodsCannotBeReached() {
		assertBlocked(Control.POD_TO_POD);
		assertBlocked(Control.OUTSIDER_TO_POD);
		if (this.evidence.hasOtherNode()) {
			assertBlocked(Control.OTHER_NODE_TO_POD);
		}
	}

	@Test
	void underThePoliciesThePodsReachNothing() {
		assertBlocked(Control.POD_TO_OUTSIDER);
		assertBlocked(Control.POD_TO_API_SERVER);
	}

	@Test
	void pingIsBlockedWhereTheNetworkPolicesIt() {
		List<Reach> before = this.evidence.before().of(Control.POD_TO_POD_PING);
		if (this.pingMayBeImpossible) {
			assumeThat(before).as("ping before any policy").allMatch(Reach.REACHED::equals);
		}
		assertThat(before).isNotEmpty().allMatch(Reach.REACHED::equals);
		if (this.pingIsPoliced) {
			assertBlocked(Control.POD_TO_POD_PING);
		}
		else {
			assertThat(this.evidence.during().of(Control.POD_TO_POD_PING)).isNotEmpty();
		}
	}

	@Test
	void livenessProbesKeepArriving() {
		assertThat(this.evidence.pods()).hasSize(2)
			.allSatisfy((pod) -> assertThat(pod.probesKeptArriving()).as("%s", pod).isTrue());
	}

	@Test
	void theProbesComeFromThePodsOwnNode() {
		assertThat(this.evidence.pods()).allSatisfy(
				(pod) -> assertThat(pod.livenessProbes()).extracting(LogLine::source).isSubsetOf(pod.nodeAddresses()));
	}

	@Test
	void thePodsOwnNodeStillGetsThePage() {
		assertThat(this.evidence.during().of(Control.OWN_NODE_TO_POD)).hasSize(2).allMatch(Reach.REACHED::equals);
		assertThat(this.evidence.pods()).allSatisfy((pod) -> assertThat(pod.pageFromOwnNode().body())
			.isEqualTo("Built Locally and Pushed\n from: " + pod.pod().name()));
	}

	@Test
	void nothingRestartsAndNoProbeFails() {
		assertThat(this.evidence.pods()).allSatisfy((pod) -> assertThat(pod.harm()).isEqualTo(new PodHealth(0, 0)));
	}

	@Test
	void withoutThePoliciesEverythingReachesThePodsAgain() {
		assertThat(this.evidence.after().open()).as("%s", this.evidence.after()).isTrue();
	}

	@Test
	void probesSurvive() {
		assertThat(this.evidence.verdict()).isEqualTo(Verdict.SURVIVES);
	}

	private void assertBlocked(Control control) {
		List<Reach> during = this.evidence.during().of(control);
		assertThat(during).as("%s under both policies", control).isNotEmpty().allMatch(Reach::blocked);
	}

}

package io.pyserver.lab;

import io.pyserver.lab.evidence.Verdict;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it looks like when probes do not survive: the pod's own node may not send to the
 * pod.
 */
@ClusterTest(throwAway = true)
class BrokenProbesIT {

	@Test
	void aNodeThatCannotReachThePodRestartsIt(Cluster cluster) {
		Evidence evidence;
		try (Experiment experiment = Experiment.on(cluster, "broken")) {
			evidence = experiment.disturbedBy((victim) -> cluster.nodeOf(victim).dropTrafficTo(victim.ip())).run();
		}
		assertThat(evidence.verdict()).isEqualTo(Verdict.BROKEN);
		assertThat(evidence.pods()).filteredOn((pod) -> pod.harm().restarts() > 0)
			.singleElement()
			.satisfies((victim) -> {
				assertThat(victim.harm().unhealthy()).isPositive();
				assertThat(victim.pageFromOwnNode().reach().blocked()).isTrue();
			});
	}

}

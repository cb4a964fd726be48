package io.pyserver.lab;

import io.pyserver.lab.k3s.ClusterTest;
import java.util.List;

import io.fabric8.kubernetes.api.model.PodIP;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.report.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster of two IP families cuts the probes off in one of them. Probes come over a
 * pod's first address, so the second one costs them nothing.
 * {@code -Dlab.ip-families=IPv6,IPv4 -Dit.test=OneFamily} runs it.
 */
@ClusterTest(throwAway = true)
class OneFamily {

	@Test
	void theProbesFamilyIsCutOff(Lab lab) {
		Drill.assertVerdicts(run(lab, 0), 4, (result) -> Drill.brokenIf(Drill.mechanism(result).crossesTheNetwork()));
	}

	@Test
	void theOtherFamilyIsCutOff(Lab lab) {
		Drill.assertVerdicts(run(lab, 1), 4, (_) -> Verdict.SURVIVES);
	}

	private static List<CellResult> run(Lab lab, int family) {
		return new Drill(lab).run(cut(family), "family-" + family, "deny-both/pod-first/liveness");
	}

	/**
	 * No node sends to its pods' addresses of one family while the policies are there.
	 * @param family 0 for the pods' first address, 1 for the second
	 */
	private static Sabotage cut(int family) {
		return Faults.withPolicies((pods, policies) -> {
			policies.run();
			List<Node.Drop> drops = pods.pods().values().stream().map((pod) -> {
				List<PodIP> addresses = pod.getStatus().getPodIPs();
				assertThat(addresses).as("addresses of a pod; lab.ip-families=IPv6,IPv4 gives it two").hasSize(2);
				return pods.cluster().nodeOf(pod).dropTrafficTo(addresses.get(family).getIp());
			}).toList();
			return () -> drops.forEach(Node.Drop::close);
		});
	}

}

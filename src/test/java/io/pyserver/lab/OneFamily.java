package io.pyserver.lab;

import io.pyserver.lab.k3s.ClusterTest;
import java.util.List;

import io.fabric8.kubernetes.api.model.PodIP;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Verdict;
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

	private static final Selection CELLS = Selection.of("deny-both/pod-first/liveness");

	@Test
	void theProbesFamilyIsCutOff(Lab lab) {
		Verdicts.assertVerdicts(run(lab, 0), 4, (result) -> result.evidence().cell().mechanism().crossesTheNetwork()
				? Verdict.BROKEN : Verdict.SURVIVES);
	}

	@Test
	void theOtherFamilyIsCutOff(Lab lab) {
		Verdicts.assertVerdicts(run(lab, 1), 4, (_) -> Verdict.SURVIVES);
	}

	private static List<CellResult> run(Lab lab, int family) {
		return lab.sabotagedBy(new FamilyCut(family), "family-" + family).run(CELLS.cells()).cells();
	}

	/**
	 * No node sends to its pods' addresses of one family while the policies are there.
	 *
	 * @param family 0 for the pods' first address, 1 for the second
	 */
	record FamilyCut(int family) implements Sabotage {

		@Override
		public Ongoing apply(PodGroup pods, Runnable policies) {
			policies.run();
			List<Node.Drop> drops = pods.pods().values().stream().map((pod) -> {
				List<PodIP> addresses = pod.getStatus().getPodIPs();
				assertThat(addresses).as("addresses of a pod; lab.ip-families=IPv6,IPv4 gives it two").hasSize(2);
				return pods.cluster().nodeOf(pod).dropTrafficTo(addresses.get(this.family).getIp());
			}).toList();
			return () -> drops.forEach(Node.Drop::close);
		}

	}

}

package io.pyserver.lab;

import java.util.List;

import io.fabric8.kubernetes.api.model.PodIP;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.k3s.ClusterTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes are blocked in one of two IP families. Probes use the first address of a pod, so
 * blocking the second family does not affect them.
 * {@code -Dlab.ip-families=IPv6,IPv4 -Dit.test=OneFamily} runs it.
 */
@ClusterTest(throwAway = true)
@Execution(ExecutionMode.CONCURRENT)
class OneFamily {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void probesBreakOnlyIfTheirIpFamilyIsBlocked(int family, Lab lab) {
		new Drill("family-" + family, "deny-both/pod-first/liveness", 4, cut(family),
				Drill.brokenIf((result) -> family == 0 && Drill.crossesTheNetwork(result), ""))
			.run(lab);
	}

	/**
	 * No node sends to one address of its pods while the policies are applied.
	 * @param family 0 for the first address of a pod, 1 for the second
	 */
	private static Sabotage cut(int family) {
		return Faults.withPolicies((pods, policies) -> {
			policies.run();
			List<Runnable> drops = pods.pods().values().stream().map((pod) -> {
				List<PodIP> addresses = pod.getStatus().getPodIPs();
				assertThat(addresses).as("addresses of a pod; lab.ip-families=IPv6,IPv4 gives it two").hasSize(2);
				return Faults.drop(pods.cluster().nodeOf(pod), addresses.get(family).getIp());
			}).toList();
			return () -> drops.forEach(Runnable::run);
		});
	}

}

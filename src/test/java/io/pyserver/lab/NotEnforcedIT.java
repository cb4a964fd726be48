package io.pyserver.lab;

import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.Verdict;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster may accept policies and ignore them. Probes arrive there as well, which
 * proves nothing.
 */
@ClusterTest(enforcing = false, throwAway = true)
class NotEnforcedIT {

	@Test
	void policiesThatAreIgnoredAreNoProof(Cluster cluster) {
		Evidence evidence;
		try (Experiment experiment = Experiment.on(cluster, "pyserver")) {
			evidence = experiment.run();
		}
		assertThat(evidence.before().open()).isTrue();
		assertThat(evidence.during().measurements()).allSatisfy((m) -> assertThat(m.reach()).isEqualTo(Reach.REACHED));
		assertThat(evidence.verdict()).isEqualTo(Verdict.NOT_ENFORCED);
	}

}

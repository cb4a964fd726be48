package io.pyserver.lab.experiment;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who was started again without being asked, also where that was later. */
class BreakingTest {

	@Test
	void aPodThatWasBrokenMayStartAgainOnce() {
		assertThat(Breaking.unasked(Map.of("broken", 1, "witness", 0), Set.of("broken")))
			.containsOnly(Map.entry("broken", 0), Map.entry("witness", 0));
	}

	@Test
	void aBystanderMayHaveBeenBrokenItselfAndStartAgainOnceMoreLater() {
		assertThat(Breaking.unasked(Map.of("first", 2, "second", 1), Set.of("first", "second")))
			.containsOnly(Map.entry("first", 1), Map.entry("second", 0));
	}

	@Test
	void aWitnessMayNotStartAgainAtAll() {
		assertThat(Breaking.unasked(Map.of("broken", 1, "witness", 1), Set.of("broken"))).containsEntry("witness", 1);
	}

	@Test
	void aPodThatDidNotStartAgainOwesNothing() {
		assertThat(Breaking.unasked(Map.of("broken", 0), Set.of("broken"))).containsEntry("broken", 0);
	}

}

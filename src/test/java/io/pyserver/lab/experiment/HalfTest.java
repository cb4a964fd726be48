package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pyserver.lab.evidence.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is noticed of a pod that was broken. */
class HalfTest {

	@Test
	void whatWasOverBeforeAnybodyLookedIsNoticedWithItsTime() {
		try (FakeLab lab = FakeLab.start()) {
			Probed pod = lab.probed("a", Map.of());
			Half half = Half.of(lab.group(), Kind.READINESS, Instant.now(), List.of(pod));

			lab.pods().become("a", false, 0);
			lab.pods().become("a", true, 0);

			assertThat(half.noticed((_, state) -> !state.ready())).containsOnlyKeys(pod)
				.containsEntry(pod, lab.group().states("a").get(2));
		}
	}

	/** A bystander may have been broken itself, and start again once more later. */
	@ParameterizedTest
	@CsvSource({ "true, 0, 0", "true, 1, 0", "true, 2, 1", "false, 0, 0", "false, 1, 1" })
	void aPodThatWasBrokenMayStartAgainOnceAndAWitnessNotAtAll(boolean broken, int restarts, int unasked) {
		assertThat(Half.unasked(Map.of("pod", restarts), broken ? Set.of("pod") : Set.of()))
			.containsOnly(Map.entry("pod", unasked));
	}

}

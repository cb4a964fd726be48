package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Order;

import static org.assertj.core.api.Assertions.assertThat;

/** What is noticed of a pod that was broken. */
class HalfTest {

	@Test
	void whatWasOverBeforeAnybodyLookedIsNoticedWithItsTime() {
		try (FakeLab lab = FakeLab.start()) {
			Probed pod = lab.probed("a", Map.of());
			Half half = Half.of(lab.scene(Order.POD_FIRST, pod), Kind.READINESS, Instant.now(), List.of(pod));

			lab.pods().become("a", false, 0);
			lab.pods().become("a", true, 0);

			assertThat(half.noticed((_, state) -> !state.ready())).containsOnlyKeys(pod)
				.containsEntry(pod, lab.group().states("a").get(2));
		}
	}

}

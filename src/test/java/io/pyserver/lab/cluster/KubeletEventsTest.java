package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.List;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Cell.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** What kubelets said of the container under test, of what, and since when. */
class KubeletEventsTest {

	private static final String REFUSED = "Startup probe failed: connection refused";

	private static final String LATE = "Liveness probe failed: context deadline exceeded";

	private final KubeletEvents said = KubeletEvents.of(List.of(event("pyserver", "Unhealthy", LATE, 2, 8),
			event("pyserver", "Unhealthy", REFUSED, 3, 5), event("sidecar", "Unhealthy", LATE, 40, 9),
			event("pyserver", "Killing", "Container pyserver failed liveness probe", 1, 9)));

	@Test
	void whatIsSaidOfASidecarIsNotHeldAgainstTheService() {
		assertThat(this.said.of("pod").unhealthy().count()).isEqualTo(5);
	}

	@Test
	void theLatestWordsComeLast() {
		assertThat(this.said.messages()).containsExactly(REFUSED, LATE, "Container pyserver failed liveness probe");
	}

	/** Times are in whole seconds. */
	@Test
	void whatWasSaidBeforeDoesNotCount() {
		assertThat(this.said.since(Instant.ofEpochMilli(8_900)).messages()).containsExactly(LATE,
				"Container pyserver failed liveness probe");
		assertThat(this.said.since(Instant.ofEpochSecond(11)).events()).isEmpty();
	}

	@Test
	void aKindIsToldByTheMessageAlsoWhereSeveralWereCombined() {
		KubeletEvents combined = KubeletEvents
			.of(List.of(event("pyserver", "Unhealthy", "(combined from similar events): " + LATE, 7, 9)));

		assertThat(combined.unhealthy(Kind.LIVENESS).messages()).containsExactly(LATE);
		assertThat(combined.unhealthy(Kind.READINESS).messages()).isEmpty();
	}

	private static Event event(String container, String reason, String message, int count, int last) {
		return new EventBuilder().withNewMetadata()
			.withCreationTimestamp(Instant.EPOCH.toString())
			.endMetadata()
			.withNewInvolvedObject()
			.withName("pod")
			.withFieldPath("spec.containers{" + container + "}")
			.endInvolvedObject()
			.withReason(reason)
			.withMessage(message)
			.withCount(count)
			.withLastTimestamp(Instant.ofEpochSecond(last).toString())
			.build();
	}

}

package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.KubeletEvents.Event;
import io.pyserver.lab.evidence.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** What was said since an earlier look, of whom, of what, how often and since when. */
class KubeletEventsTest {

	private static final String REFUSED = "Startup probe failed: connection refused";

	private static final String LATE = "Liveness probe failed: context deadline exceeded";

	private final KubeletEvents earlier = new KubeletEvents(List.of(event("pod", REFUSED, 2, 1, 3)));

	private final KubeletEvents now = new KubeletEvents(
			List.of(event("pod", REFUSED, 3, 1, 9), event("pod", LATE, 2, 5, 8), event("other", LATE, 1, 6, 6),
					new Event("pod", "Killing", "Container pyserver failed liveness probe", 1, at(9), at(9))));

	@Test
	void whatWasSaidBeforeDoesNotCount() {
		assertThat(this.now.since(this.earlier).of("pod").messages()).containsExactly(REFUSED, LATE, LATE,
				"Container pyserver failed liveness probe");
		assertThat(this.now.since(this.now).events()).isEmpty();
	}

	@Test
	void ofAMessageThatIsRepeatedOnlyTheLastTimeIsKnown() {
		assertThat(this.now.since(this.earlier).unhealthy(Kind.STARTUP).first()).isEqualTo(at(9));
		assertThat(this.now.since(this.earlier).first()).isEqualTo(at(5));
		assertThat(KubeletEvents.NONE.first()).isNull();
	}

	@Test
	void aKindIsToldByTheMessage() {
		assertThat(this.now.unhealthy(Kind.LIVENESS).messages()).containsExactly(LATE, LATE, LATE);
		assertThat(this.now.unhealthy(Kind.READINESS).messages()).isEmpty();
	}

	private static Event event(String pod, String message, int count, int first, int last) {
		return new Event(pod, "Unhealthy", message, count, at(first), at(last));
	}

	private static Instant at(int second) {
		return Instant.ofEpochSecond(second);
	}

}

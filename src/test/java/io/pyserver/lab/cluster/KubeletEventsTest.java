package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.List;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.Cell.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** What counts of the events of a namespace, also after they have expired. */
class KubeletEventsTest {

	private static final String REFUSED = "Startup probe failed: connection refused";

	private static final String LATE = "Liveness probe failed: context deadline exceeded";

	private static final String KILLED = "Container pyserver failed liveness probe";

	private final KubeletEvents events = KubeletEvents
		.of(List.of(event("pyserver", "Unhealthy", LATE, 2, 8), event("pyserver", "Unhealthy", REFUSED, 3, 5),
				event("sidecar", "Unhealthy", LATE, 40, 9), event("pyserver", "Killing", KILLED, 1, 9)));

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	@Test
	void eventsOfASidecarDoNotCount() {
		assertThat(this.events.of("pod").unhealthy().count()).isEqualTo(5);
	}

	@Test
	void theLatestMessageComesLast() {
		assertThat(this.events.messages()).containsExactly(REFUSED, LATE, KILLED);
	}

	/** Times are in whole seconds. */
	@Test
	void earlierEventsDoNotCount() {
		assertThat(this.events.since(Instant.ofEpochMilli(8_900)).messages()).containsExactly(LATE, KILLED);
		assertThat(this.events.since(Instant.ofEpochSecond(11)).events()).isEmpty();
	}

	@Test
	void theMessageNamesTheKindEvenIfSeveralEventsWereCombined() {
		KubeletEvents combined = KubeletEvents
			.of(List.of(event("pyserver", "Unhealthy", "(combined from similar events): " + LATE, 7, 9)));

		assertThat(combined.unhealthy(Kind.LIVENESS).messages()).containsExactly(LATE);
		assertThat(combined.unhealthy(Kind.READINESS).messages()).isEmpty();
	}

	/** A kubelet repeats an event under the same name and counts on. */
	@ParameterizedTest
	@CsvSource({ REFUSED + ", 2, 5", LATE + ", 4, 4" })
	void anExpiredEventStillCountsAndOnceIfItIsRepeated(String message, int times, int count) {
		FakePods pods = this.cluster.pods("test");
		pods.complain("a", LATE, 3);
		pods.expireEvents();
		pods.complain("a", message, times);

		assertThat(pods.group().events().of("a").unhealthy().count()).isEqualTo(count);
	}

	private static Event event(String container, String reason, String message, int count, int last) {
		return Serialization.unmarshal("""
				metadata: {creationTimestamp: "1970-01-01T00:00:00Z"}
				involvedObject: {name: pod, fieldPath: "spec.containers{%s}"}
				reason: %s
				message: "%s"
				count: %d
				lastTimestamp: "%s"
				""".formatted(container, reason, message, count, Instant.ofEpochSecond(last)), Event.class);
	}

}

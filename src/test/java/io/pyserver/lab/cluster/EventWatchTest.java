package io.pyserver.lab.cluster;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What kubelets said stays said, also when the API server has forgotten it. */
class EventWatchTest {

	private static final String REFUSED = "Liveness probe failed: connection refused";

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	private final FakePods pods = this.cluster.pods("test");

	@BeforeEach
	void complain() {
		this.pods.complain("a", REFUSED, 3);
		this.pods.expireEvents();
	}

	@Test
	void whatHasExpiredStillCounts() {
		this.pods.complain("a", "Liveness probe failed: i/o timeout", 2);

		assertThat(failures()).isEqualTo(5);
	}

	/** A kubelet says it under the same name again, and counts on. */
	@Test
	void whatIsSaidAgainCountsOnce() {
		this.pods.complain("a", REFUSED, 4);

		assertThat(failures()).isEqualTo(4);
	}

	private int failures() {
		return this.pods.group().events().of("a").unhealthy().count();
	}

}

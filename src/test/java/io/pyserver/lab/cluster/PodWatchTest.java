package io.pyserver.lab.cluster;

import java.util.concurrent.CompletableFuture;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A pod is never seen as it is now before that is one of its states. */
class PodWatchTest {

	private static final int LAST = 2000;

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	private final PodWatch watch = this.cluster.run().pods();

	@Test
	void whatAPodIsNowIsItsLastState() {
		this.watch.onAdd(pod(0));
		CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
			for (int restarts = 1; restarts <= LAST; restarts++) {
				this.watch.onUpdate(pod(restarts - 1), pod(restarts));
			}
		});
		int now;
		do {
			assertThat(this.watch.in("test")).as("what the handler was told of").containsKey("a");
			now = UnderTest.restarts(this.watch.in("test").get("a"));
			assertThat(this.watch.states("test", "a").getLast().restarts()).as("restarts of its last state")
				.isGreaterThanOrEqualTo(now);
		}
		while (now < LAST);
		changes.join();
	}

	@Test
	void ofAPodThatIsGoneTheStatesStay() {
		this.watch.onAdd(pod(1));
		this.watch.onDelete(pod(1), false);

		assertThat(this.watch.in("test")).isEmpty();
		assertThat(this.watch.states("test", "a")).hasSize(1);
	}

	private static Pod pod(int restarts) {
		return new PodBuilder().withNewMetadata()
			.withNamespace("test")
			.withName("a")
			.endMetadata()
			.withNewStatus()
			.withContainerStatuses(new ContainerStatusBuilder().withName(UnderTest.CONTAINER)
				.withReady(true)
				.withRestartCount(restarts)
				.build())
			.endStatus()
			.build();
	}

}

package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

/** What is seen of a namespace's pods, and said where they do not come up. */
class PodGroupTest {

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	private final FakePods pods = this.cluster.pods("test");

	private final PodGroup group = this.pods.group();

	@Test
	void podsAreThoseOfItsNamespaceAsTheyAreNow() {
		this.cluster.pods("elsewhere").create("b");
		this.pods.create("a");
		assertThat(this.group.restarts()).isEqualTo(Map.of("a", 0));
		assertThat(this.group.late(List.of("a", "b"))).containsExactlyInAnyOrder("a", "b");

		this.pods.become("a", true, 2);

		assertThat(this.group.restarts()).isEqualTo(Map.of("a", 2));
		assertThat(this.group.late(List.of("a", "b"))).containsExactly("b");
	}

	@Test
	void whatAPodWasBetweenTwoLooksIsKnown() {
		this.pods.create("a");
		this.pods.become("a", true, 0);
		this.pods.become("a", false, 0);
		this.pods.become("a", true, 1);

		assertThat(this.group.states("a")).extracting(PodState::ready, PodState::restarts)
			.containsExactly(tuple(false, 0), tuple(true, 0), tuple(false, 0), tuple(true, 1));
	}

	@Test
	void aPodThatIsNotReadyInTimeIsNamedWithItsState() {
		this.pods.create("a");

		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> this.group.awaitReady(Duration.ofSeconds(1), List.of("a")))
			.withMessage("after 1 s pods are not ready: [a (Running, restarts 0)]; lab.ready gives them longer");
	}

	@Test
	void anImageThatCannotBeHadIsSaidAtOnce() {
		this.pods.create("a");
		this.pods.waitFor("a", "ErrImagePull", "no such tag");

		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> this.group.awaitReady(Duration.ofMinutes(1), List.of("a")))
			.withMessage("the image pyserver:1.0 cannot be had on node one: ErrImagePull no such tag; "
					+ "lab.image names one that its nodes can pull");
	}

	@Test
	void whatANewNamespaceDoesNotTakeYetIsAppliedAgain() {
		String path = "/api/v1/namespaces/%s/pods/a?fieldManager=pyserver-lab&force=true"
			.formatted(this.group.namespace());
		Pod pod = new Sleeper(this.cluster, this.group.namespace()).companion("a", "one");
		this.cluster.server()
			.expect()
			.patch()
			.withPath(path)
			.andReturn(403, status(403, "pods \"a\" is forbidden: serviceaccount \"default\" not found"))
			.once();
		this.cluster.server().expect().patch().withPath(path).andReturn(201, pod).once();

		assertThat(this.group.apply(List.of(pod))).singleElement().returns("a", (each) -> each.getMetadata().getName());
	}

	/** The user of a lab that runs as a Job is a service account. */
	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "pods \"a\" is forbidden: User \"system:serviceaccount:lab:lab\" cannot patch them")
	void whatTheUserMayNotApplyIsNotAppliedAgain(@Nullable String message) {
		Pod pod = new Sleeper(this.cluster, this.group.namespace()).companion("a", "one");
		this.cluster.server()
			.expect()
			.patch()
			.withPath("/api/v1/namespaces/%s/pods/a?fieldManager=pyserver-lab&force=true"
				.formatted(this.group.namespace()))
			.andReturn(403, status(403, message))
			.times(2);
		this.pods.accept("a");

		assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> this.group.apply(List.of(pod)))
			.returns(403, KubernetesClientException::getCode);
	}

	@Test
	void aContainerThatHasNotStartedHasPrintedNothing() {
		String log = "/api/v1/namespaces/%s/pods/%s/log?container=pyserver&timestamps=true&previous=false";
		this.cluster.server()
			.expect()
			.get()
			.withPath(log.formatted(this.group.namespace(), "a"))
			.andReturn(400, status(400, "it is waiting to start"))
			.always();
		this.cluster.server()
			.expect()
			.get()
			.withPath(log.formatted(this.group.namespace(), "b"))
			.andReturn(403, status(403, "no"))
			.always();

		assertThat(this.group.printed("a")).isEmpty();
		assertThatIllegalStateException().isThrownBy(() -> this.group.printed("b"))
			.withMessage("The log of pod b cannot be read: no");
	}

	private static Object status(int code, @Nullable String message) {
		return new StatusBuilder().withCode(code).withMessage(message).build();
	}

}

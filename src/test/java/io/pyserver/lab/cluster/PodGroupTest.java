package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What the lab knows of the pods of a namespace, and what it does if pods do not start,
 * those in the network of the nodes as well.
 */
class PodGroupTest {

	private static final int LAST = 2000;

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	private final FakePods pods = this.cluster.pods("test");

	private final PodGroup group = this.pods.group();

	private final Pod pod = new Sleeper(this.group).companion("a", "one");

	@Test
	void aGroupHasThePodsOfItsNamespaceInTheirLatestState() {
		this.cluster.pods("elsewhere").create("b");
		this.pods.create("a");
		assertThat(this.group.restarts()).isEqualTo(Map.of("a", 0));
		assertThat(this.group.findNotReady(List.of("a", "b"))).containsExactlyInAnyOrder("a", "b");

		this.pods.become("a", true, 2);

		assertThat(this.group.restarts()).isEqualTo(Map.of("a", 2));
		assertThat(this.group.findNotReady(List.of("a", "b"))).containsExactly("b");
	}

	@Test
	void aGroupKeepsEveryStateOfAPodThatIsGone() {
		this.pods.create("a");
		this.pods.become("a", true, 0);
		this.pods.become("a", false, 0);
		this.pods.become("a", true, 1);
		this.pods.delete("a");

		assertThat(this.group.states("a")).extracting(PodState::ready, PodState::restarts)
			.containsExactly(tuple(false, 0), tuple(true, 0), tuple(false, 0), tuple(true, 1));
	}

	@Test
	void theLatestStateOfAPodIsNeverMissingFromItsStates() {
		PodState.Watch watch = this.cluster.run().pods();
		watch.onAdd(pod(0));
		CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
			for (int restarts = 1; restarts <= LAST; restarts++) {
				watch.onUpdate(pod(restarts - 1), pod(restarts));
			}
		}, Thread::startVirtualThread);
		int now;
		do {
			now = this.group.restarts().get("a");
			assertThat(this.group.states("a").getLast().restarts()).as("restarts of its last state")
				.isGreaterThanOrEqualTo(now);
		}
		while (now < LAST);
		changes.join();
	}

	private static Pod pod(int restarts) {
		ContainerStatusBuilder container = new ContainerStatusBuilder().withName(ContainerUnderTest.NAME);
		Pod pod = new Pod();
		pod.setMetadata(new ObjectMetaBuilder().withNamespace("test").withName("a").build());
		pod.setStatus(new PodStatus());
		pod.getStatus().setContainerStatuses(List.of(container.withReady(true).withRestartCount(restarts).build()));
		return pod;
	}

	/** A sidecar may be injected in front of the container under test. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					"status": {"containerStatuses": [{"name": "istio-proxy", "ready": false, "restartCount": 7, "imageID": "sha256:other"}, {"name": "pyserver", "ready": true, "restartCount": 1, "imageID": "sha256:service", "state": {"running": {}}}]} | true | 1 | sha256:service
					"status": {"phase": "Pending"} | false | 0 | ''
					"kind": "Pod" | false | 0 | ''
					""")
	void theStateOfAPodIsThatOfTheContainerUnderTest(String status, boolean running, int restarts, String image) {
		Pod pod = Serialization.unmarshal(
				"""
						{"spec": {"containers": [{"name": "istio-proxy", "image": "other"}, {"name": "pyserver", "image": "service"}]},
						 %s}"""
					.formatted(status),
				Pod.class);

		assertThat(ContainerUnderTest.container(pod).getImage()).isEqualTo("service");
		assertThat(pod).returns(running, ContainerUnderTest::isReady)
			.returns(running, ContainerUnderTest::isRunning)
			.returns(restarts, ContainerUnderTest::restarts)
			.returns(image, ContainerUnderTest::image);
	}

	@Test
	void theErrorNamesAPodThatIsNotReadyInTime() {
		this.pods.create("a");

		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> this.group.awaitReady(Duration.ofSeconds(1), List.of("a")))
			.withMessage("after 1 s pods are not ready: [a (Running, restarts 0)]; lab.ready gives them longer");
	}

	@Test
	void aPodThatNoNodeAcceptsDelaysReadyPodsForAShortTime() {
		this.pods.create("a");
		this.pods.become("a", true, 0);

		assertThat(CompletableFuture.supplyAsync(
				() -> this.group.awaitAndFindNotReady(Duration.ofMinutes(5), Duration.ofSeconds(1), List.of("a", "b")),
				Thread::startVirtualThread))
			.succeedsWithin(Duration.ofMinutes(1))
			.isEqualTo(Set.of("b"));
	}

	@ParameterizedTest
	@CsvSource({ "true, false, one", "false, true, other" })
	void commandsCannotRunOnANodeWhosePodIsNotReady(boolean one, boolean other, String helpers) {
		startNodePods(one, other);

		List<Node> nodes = openNodes();

		assertThat(nodes).extracting(Node::name, Node::canRunCommands)
			.containsExactly(tuple("one", one), tuple("other", other));
		assertThat(this.cluster.with(nodes).helpersNode()).as("node of the lab's own pods").isEqualTo(helpers);
	}

	@Test
	void itIsAnErrorIfNoNodeHasAPodThatIsReady() {
		startNodePods(false, false);

		assertThatExceptionOfType(LabException.class).isThrownBy(this::openNodes)
			.withMessageStartingWith("after 1 s pods are not ready: ")
			.withMessageContainingAll("node-0 (Running, restarts 0)", "node-1 (Running, restarts 0)");
	}

	private void startNodePods(boolean... ready) {
		FakePods nodePods = this.cluster.pods(this.cluster.run().namespace("nodes"));
		nodePods.accept("node-0", "node-1");
		for (int i = 0; i < ready.length; i++) {
			nodePods.create("node-" + i);
			nodePods.become("node-" + i, ready[i], 0);
		}
	}

	private List<Node> openNodes() {
		return Node.open(this.cluster, List.of("one", "other"), Duration.ofSeconds(1), Duration.ofSeconds(1));
	}

	@Test
	void anImageThatIsNotAvailableIsAnErrorAtOnce() {
		this.pods.create("a");
		this.pods.waitFor("a", "ErrImagePull", "no such tag");

		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> this.group.awaitReady(Duration.ofMinutes(1), List.of("a")))
			.withMessage("the image pyserver:1.0 cannot be had on node one: ErrImagePull no such tag; "
					+ "lab.image names one that its nodes can pull");
	}

	@Test
	void theNamespaceHasTheLabelByWhichTheRunRemovesIt() {
		CompletableFuture<String> applied = new CompletableFuture<>();
		String path = "/api/v1/namespaces/test?fieldManager=pyserver-lab&force=true";
		this.cluster.server().expect().patch().withPath(path).andReply(200, (request) -> {
			applied.complete(request.getUtf8Body());
			return request.getUtf8Body();
		}).once();

		this.group.create("restricted");

		assertThat(Serialization.unmarshal(applied.join(), Namespace.class).getMetadata().getLabels()).isEqualTo(Map
			.of(ClusterRun.LABEL, this.cluster.run().name(), "pod-security.kubernetes.io/enforce", "restricted"));
	}

	@Test
	void aPodIsAppliedAgainUntilTheNewNamespaceAcceptsIt() {
		patchGives(403, status(403, "pods \"a\" is forbidden: serviceaccount \"default\" not found"), 1);
		patchGives(201, this.pod, 1);

		assertThat(this.group.apply(List.of(this.pod))).singleElement()
			.returns("a", (each) -> each.getMetadata().getName());
	}

	/** The user of a lab that runs as a Job is a service account. */
	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "pods \"a\" is forbidden: User \"system:serviceaccount:lab:lab\" cannot patch them")
	void aPodIsNotAppliedAgainIfTheUserMayNotApplyIt(@Nullable String message) {
		patchGives(403, status(403, message), 2);
		this.pods.accept("a");

		assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> this.group.apply(List.of(this.pod)))
			.returns(403, KubernetesClientException::getCode);
	}

	private void patchGives(int code, Object answer, int times) {
		String path = "/api/v1/namespaces/test/pods/a?fieldManager=pyserver-lab&force=true";
		this.cluster.server().expect().patch().withPath(path).andReturn(code, answer).times(times);
	}

	@Test
	void aContainerThatHasNotStartedHasPrintedNothing() {
		this.pods.readingItsLogGives("a", 400, status(400, "it is waiting to start"));

		assertThat(this.group.printed("a")).isEmpty();
	}

	@Test
	void aLogThatCannotBeReadIsAnError() {
		this.pods.readingItsLogGives("a", 403, status(403, "no"));

		assertThatIllegalStateException().isThrownBy(() -> this.group.printed("a"))
			.withMessage("The log of pod a cannot be read: no");
	}

	private static Object status(int code, @Nullable String message) {
		return new StatusBuilder().withCode(code).withMessage(message).build();
	}

}

package io.pyserver.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.experiment.PodUnderTest.OperatorEndpoints;
import io.pyserver.lab.experiment.PodUnderTest;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.shipped.ShippedPod;

import static org.awaitility.Awaitility.await;

/** Faults for an experiment; {@link Cut} is one more. */
final class Faults {

	/** A link-local address; probes of GKE's Dataplane V2 come from one. */
	static final String LINK_LOCAL = "169.254.169.252";

	/** How long two pods may take to be broken one after the other, and to restart. */
	private static final Duration LATE = Duration.ofMinutes(5);

	/** {@code tail} keeps in memory what it may print. */
	private static final String USE_UP_MEMORY = "head -c 200m /dev/zero | tail -c 190m > /dev/null";

	private static final String POSE_AS_KUBELET = "while :; do wget -q -O /dev/null --header 'Probe: liveness' -U kube-probe/1.34 http://127.0.0.1/; sleep 1; done";

	private static final String API_SERVER = "wget -q -T 2 -O /dev/null http://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/ 2>&1 | grep -q 'server returned error'";

	private Faults() {
	}

	/** Changes the pods under test. */
	static Sabotage changed(Consumer<Pod> change) {
		return new Sabotage() {
			@Override
			public void change(Pod pod, Order order) {
				change.accept(pod);
			}
		};
	}

	static void addSidecarThatPosesAsKubelet(Pod pod) {
		pod.getSpec().getContainers().add(sidecar(pod, POSE_AS_KUBELET));
	}

	static void addSidecarThatNeedsEgress(Pod pod) {
		Container sidecar = sidecar(pod, "sleep 86400");
		sidecar.setReadinessProbe(new ProbeBuilder().withNewExec()
			.withCommand("sh", "-c", API_SERVER)
			.endExec()
			.withPeriodSeconds(1)
			.withTimeoutSeconds(3)
			.build());
		pod.getSpec().getContainers().add(sidecar);
	}

	/** A container that runs a script beside the one under test. */
	static Container sidecar(Pod pod, String script) {
		Container sidecar = ShippedPod.beside(pod, "sidecar", script);
		sidecar.setVolumeMounts(List.of());
		return sidecar;
	}

	/**
	 * Does something when the policies are applied.
	 * @param fault takes the pods and what applies the policies, and returns what ends it
	 */
	static Sabotage withPolicies(BiFunction<PodGroup, Runnable, Runnable> fault) {
		return new Sabotage() {
			@Override
			public Runnable apply(PodGroup pods, Runnable policies) {
				return fault.apply(pods, policies);
			}
		};
	}

	/** Does something with each pod while its probes are watched. */
	private static Sabotage whileWatched(Consumer<PodUnderTest> fault) {
		return new Sabotage() {
			@Override
			public void start(List<PodUnderTest> pods) {
				SideBySide.each(pods, fault);
			}
		};
	}

	/**
	 * The pods answer liveness and readiness later than the kubelet waits. The probes are
	 * allowed and fail.
	 */
	static Sabotage lateAnswers() {
		return whileWatched((pod) -> List.of(Kind.READINESS, Kind.LIVENESS)
			.forEach((kind) -> pod.operatorEndpoints().set(kind, "{\"delayMs\":5000}")));
	}

	/** Uses up the memory of each container once. */
	static Sabotage wantOfMemory() {
		return whileWatched((pod) -> {
			try {
				pod.operatorEndpoints().pod().run("sh", "-c", USE_UP_MEMORY);
			}
			catch (IllegalStateException ex) {
				// The command ends with the container.
			}
		});
	}

	/** The policies are applied when the lab no longer waits for them. */
	static Sabotage latePolicies() {
		return withPolicies((_, policies) -> policies);
	}

	/**
	 * When the lab has made both pods restart, liveness of the second one fails again. A
	 * virtual thread waits, because on two cores the common pool has one thread, which
	 * commands in pods need.
	 */
	static Sabotage lateRestart(String first, String then) {
		return withPolicies((pods, policies) -> {
			policies.run();
			return CompletableFuture.runAsync(() -> {
				awaitRestart(pods, first, 0);
				awaitRestart(pods, then, 0);
				int before = pods.restarts().getOrDefault(then, 0);
				// Its service may still be starting.
				await(then + " has its liveness broken").atMost(LATE).ignoreExceptions().until(() -> {
					new OperatorEndpoints(pods.shell(then)).breakProbe(Kind.LIVENESS);
					return true;
				});
				awaitRestart(pods, then, before);
			}, Thread::startVirtualThread)::join;
		});
	}

	private static void awaitRestart(PodGroup pods, String name, int before) {
		await(name + " is started again").atMost(LATE).until(() -> pods.restarts().getOrDefault(name, 0) > before);
	}

	/** Before the policies, each container gets warnings that are not about probes. */
	static Sabotage manyEvents(int count) {
		return withPolicies((pods, policies) -> {
			pods.pods()
				.values()
				.forEach((pod) -> IntStream.range(0, count)
					.forEach((number) -> pods.cluster().client().resource(warning(pod, number)).create()));
			policies.run();
			return () -> {
			};
		});
	}

	private static Event warning(Pod pod, int number) {
		return Serialization.unmarshal("""
				apiVersion: v1
				kind: Event
				metadata: {namespace: %1$s, name: "%2$s.warning-%3$d"}
				involvedObject: {kind: Pod, namespace: %1$s, name: %2$s, uid: %4$s, fieldPath: "spec.containers{%5$s}"}
				type: Warning
				reason: FailedSync
				message: "error determining status, number %3$d"
				source: {component: kubelet, host: %6$s}
				count: 1
				firstTimestamp: "%7$s"
				lastTimestamp: "%7$s"
				""".formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), number,
				pod.getMetadata().getUid(), ContainerUnderTest.NAME, pod.getSpec().getNodeName(), Instant.now()),
				Event.class);
	}

	/**
	 * Nodes send to their own pods from another address.
	 * @param held whether an interface of the node holds this address
	 */
	static Sabotage translatedProbes(String address, boolean held) {
		return withPolicies((pods, policies) -> {
			List<Runnable> rules = pods.pods().values().stream().map((pod) -> {
				Node node = pods.cluster().nodeOf(pod);
				if (held) {
					node.shell().run("ip", "addr", "replace", address + "/32", "dev", "lo");
				}
				return insertRule(node, "nat", "POSTROUTING", pod.getStatus().getPodIP(), "-m", "addrtype",
						"--src-type", "LOCAL", "-j", "SNAT", "--to-source", address);
			}).toList();
			policies.run();
			return () -> rules.forEach(Runnable::run);
		});
	}

	/**
	 * A node drops what it sends to the address. The rule is in the table {@code mangle},
	 * which comes before {@code filter}. In {@code filter}, kube-router accepts the
	 * node's own packets, and moves its rules to the front at each event.
	 * @return removes the rule
	 */
	static Runnable drop(Node node, String address) {
		return insertRule(node, "mangle", "OUTPUT", address, "-j", "DROP");
	}

	private static Runnable insertRule(Node node, String table, String chain, String address, String... target) {
		Consumer<String> iptables = (action) -> node.shell()
			.run(Stream
				.concat(Stream.of(address.contains(":") ? "ip6tables" : "iptables", "-w", "10", "-t", table, action,
						chain, "-d", address), Stream.of(target))
				.toList())
			.orThrow("iptables on " + node);
		iptables.accept("-I");
		return () -> iptables.accept("-D");
	}

}

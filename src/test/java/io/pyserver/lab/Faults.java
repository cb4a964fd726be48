package io.pyserver.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.experiment.Operator;
import io.pyserver.lab.experiment.PodUnderTest;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.shipped.ShippedPod;

/** Ways to make an experiment go wrong, beside {@link Cut}. */
final class Faults {

	/** A link-local one, as the probes of GKE's Dataplane V2 have. */
	static final String LINK_LOCAL = "169.254.169.252";

	/** For two pods to be broken, one after the other, and to start again. */
	private static final Duration LATE = Duration.ofMinutes(5);

	/** {@code tail} keeps in memory what it may have to print. */
	private static final String USE_UP_MEMORY = "head -c 200m /dev/zero | tail -c 190m > /dev/null";

	private Faults() {
	}

	/** The pods under test are other ones than the shipped. */
	static Sabotage changed(Consumer<Pod> change) {
		return new Sabotage() {
			@Override
			public void change(Pod pod, Order order) {
				change.accept(pod);
			}
		};
	}

	/** A container with a script beside the one under test. */
	static Container sidecar(Pod pod, String script) {
		Container sidecar = ShippedPod.beside(pod, "sidecar", script);
		sidecar.setVolumeMounts(List.of());
		return sidecar;
	}

	/**
	 * Something is done as the policies are applied.
	 * @param fault gets the pods and what applies the policies, and says what ends it
	 */
	static Sabotage withPolicies(BiFunction<PodGroup, Runnable, Runnable> fault) {
		return new Sabotage() {
			@Override
			public Runnable apply(PodGroup pods, Runnable policies) {
				return fault.apply(pods, policies);
			}
		};
	}

	/** Something is done to each pod as its probes are watched. */
	private static Sabotage whileWatched(Consumer<PodUnderTest> fault) {
		return new Sabotage() {
			@Override
			public Runnable start(List<PodUnderTest> pods) {
				SideBySide.each(pods, fault);
				return () -> {
				};
			}
		};
	}

	/**
	 * The pods take longer to answer liveness and readiness than the kubelet waits:
	 * probes are let in, and come to nothing.
	 */
	static Sabotage lateAnswers() {
		return whileWatched((pod) -> List.of(Kind.READINESS, Kind.LIVENESS)
			.forEach((kind) -> pod.operator().set(kind, "{\"delayMs\":5000}")));
	}

	/** The memory of each container is used up once. */
	static Sabotage wantOfMemory() {
		return whileWatched((pod) -> {
			try {
				pod.operator().pod().run("sh", "-c", USE_UP_MEMORY);
			}
			catch (IllegalStateException ex) {
				// The command ends with the container.
			}
		});
	}

	/** The policies come later than the lab believes. */
	static Sabotage latePolicies(int seconds) {
		Executor late = CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS, Thread::startVirtualThread);
		return withPolicies((_, policies) -> CompletableFuture.runAsync(policies, late)::join);
	}

	/**
	 * Once one pod was started again, another one's liveness fails. Not on the common
	 * pool: on two cores it has one thread, which commands in pods need.
	 */
	static Sabotage lateRestart(String first, String then) {
		return withPolicies((pods, policies) -> {
			policies.run();
			return CompletableFuture.runAsync(() -> {
				awaitRestart(pods, first, 0);
				int before = pods.restarts().getOrDefault(then, 0);
				new Operator(pods.shell(then)).breakProbe(Kind.LIVENESS);
				awaitRestart(pods, then, before);
			}, Thread::startVirtualThread)::join;
		});
	}

	private static void awaitRestart(PodGroup pods, String name, int before) {
		if (!Condition.holdsWithin(LATE, () -> pods.restarts().getOrDefault(name, 0) > before)) {
			throw new IllegalStateException(name + " was not started again");
		}
	}

	/** Before the policies come, each container has warnings that are of no probe. */
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

	private static io.fabric8.kubernetes.api.model.Event warning(Pod pod, int number) {
		String now = Instant.now().toString();
		return new EventBuilder().withNewMetadata()
			.withName("%s.warning-%d".formatted(pod.getMetadata().getName(), number))
			.withNamespace(pod.getMetadata().getNamespace())
			.endMetadata()
			.withNewInvolvedObject()
			.withKind("Pod")
			.withName(pod.getMetadata().getName())
			.withNamespace(pod.getMetadata().getNamespace())
			.withUid(pod.getMetadata().getUid())
			.withFieldPath("spec.containers{%s}".formatted(UnderTest.container(pod).getName()))
			.endInvolvedObject()
			.withType("Warning")
			.withReason("FailedSync")
			.withMessage("error determining status, number " + number)
			.withNewSource()
			.withComponent("kubelet")
			.withHost(pod.getSpec().getNodeName())
			.endSource()
			.withCount(1)
			.withFirstTimestamp(now)
			.withLastTimestamp(now)
			.build();
	}

	/**
	 * What nodes send to their own pods comes from another address.
	 * @param held whether an interface of theirs holds it
	 */
	static Sabotage translatedProbes(String address, boolean held) {
		return withPolicies((pods, policies) -> {
			List<Pod> translated = List.copyOf(pods.pods().values());
			if (held) {
				translated.stream()
					.map(pods.cluster()::nodeOf)
					.distinct()
					.forEach((node) -> node.shell().run("ip", "addr", "replace", address + "/32", "dev", "lo"));
			}
			translated.forEach((pod) -> translate(pods, "-I", pod, address));
			policies.run();
			return () -> translated.forEach((pod) -> translate(pods, "-D", pod, address));
		});
	}

	private static void translate(PodGroup pods, String action, Pod pod, String address) {
		Node node = pods.cluster().nodeOf(pod);
		node.shell()
			.run("iptables", "-w", "10", "-t", "nat", action, "POSTROUTING", "-d", pod.getStatus().getPodIP(), "-m",
					"addrtype", "--src-type", "LOCAL", "-j", "SNAT", "--to-source", address)
			.orThrow("iptables on " + node);
	}

}

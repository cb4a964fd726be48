package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.controls.Connection;
import io.pyserver.lab.controls.Endpoint;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Restart;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.shipped.Policies;

/**
 * Some pods of a namespace, some policies, and what is done with them step by step. Each
 * pod is judged by what was seen of it, and one that falls behind holds up no other.
 */
public final class Experiment implements AutoCloseable {

	private final Lab lab;

	private final PodGroup group;

	private final List<Cell> cells;

	private final List<PodUnderTest> pods;

	private final Policies policies;

	private final Controls controls;

	private final ProbeRecorder recorder;

	private final Progress progress;

	private Runnable endSabotage = () -> {
	};

	/** From when on what happens to pods that are there may be the policies' doing. */
	private Instant exposed = Instant.EPOCH;

	/** What was broken is concluded at the end. */
	private @Nullable Breaking breaking;

	private boolean failed = true;

	private @Nullable String diagnostics;

	/**
	 * On pods that are there or will be.
	 * @param connections what can be tried of them
	 * @param cells what is asked, of one policy and one order
	 */
	Experiment(Lab lab, Function<List<Endpoint>, List<Connection>> connections, PodGroup group, List<Cell> cells,
			List<PodUnderTest> pods, Progress progress) {
		this.lab = lab;
		this.group = group;
		this.cells = List.copyOf(cells);
		this.pods = List.copyOf(pods);
		this.policies = new Policies(group, cells.getFirst().policy());
		this.controls = new Controls(connections, lab.settings().settle(), cells.getFirst().policy(),
				cells.getFirst().course());
		this.recorder = new ProbeRecorder(group, pods);
		this.progress = progress;
	}

	Lab lab() {
		return this.lab;
	}

	LabSettings settings() {
		return this.lab.settings();
	}

	PodGroup group() {
		return this.group;
	}

	public List<PodUnderTest> pods() {
		return this.pods;
	}

	/** Those of which nothing was seen yet that makes more of it pointless. */
	List<PodUnderTest> well() {
		return this.pods.stream().filter((pod) -> pod.seen().isWell()).toList();
	}

	Controls controls() {
		return this.controls;
	}

	ProbeRecorder recorder() {
		return this.recorder;
	}

	Readiness readiness() {
		return new Readiness(this.group, Limits.ALL.start(), Limits.ALL.accepted());
	}

	/** How long its kubelet may take to notice what was broken of a pod, and to act. */
	Duration noticedWithin(Mechanism mechanism) {
		return Limits.ALL.restarted().plus(settings().period(mechanism).multipliedBy(Readiness.FAILURES));
	}

	/** Those of a pod's container that may be the policies' doing. */
	List<Restart> restarts(PodUnderTest pod) {
		return new ContainerHistory(pod.states()).restarts(this.exposed, pod.probes().counts(Kind.LIVENESS),
				noticedWithin(pod.mechanism()));
	}

	/** Counts probes from now on, before there is any of pods that are still to come. */
	void startCounting() {
		this.group.events();
		this.recorder.start();
	}

	/**
	 * Waits until the pods are ready. Policies that were there first may be what keeps
	 * one from it.
	 * @param since when they were told to start
	 */
	void awaitReady(Instant since) {
		Duration left = settings().ready().minus(Duration.between(since, Instant.now()));
		Map<PodUnderTest, Readiness.Late> late = readiness().await(this.pods,
				left.isPositive() ? left : Duration.ofSeconds(1));
		Map<String, Pod> now = this.group.pods();
		for (PodUnderTest pod : this.pods) {
			pod.seen().started(now.get(pod.name()));
			if (late.containsKey(pod)) {
				stop(pod, late.get(pod));
			}
			else {
				pod.seen().mark(What.READY, pod.states().getLast().since());
			}
		}
	}

	private void stop(PodUnderTest pod, Readiness.Late late) {
		if (this.controls.order() == Order.POLICY_FIRST || this.controls.policy() == Policy.NONE) {
			late.stop(pod, "the pod was not ready within %d s; lab.ready gives it longer"
				.formatted(settings().ready().toSeconds()));
			return;
		}
		String said = (late.unready() != null) ? String.join("; ", late.unready().said()) : late.untaken();
		pod.seen().stop("already before any policy the pod was not ready" + ((said != null) ? ": " + said : ""));
	}

	/**
	 * Tries the controls before any policy, until all are open or for {@code lab.settle}.
	 */
	public void observeBaseline() {
		observeBaseline(PodUnderTest::endpoint);
	}

	void observeBaseline(Function<PodUnderTest, Endpoint> endpoint) {
		this.controls.untilAsExpected(Phase.BEFORE, well(), endpoint);
	}

	public void applyPolicies() {
		this.recorder.readNow();
		Instant start = Instant.now();
		if (this.controls.order() == Order.POD_FIRST) {
			this.exposed = start;
		}
		this.endSabotage = this.lab.sabotage().apply(this.group, this.policies::apply);
		Duration took = Duration.between(start, Instant.now());
		if (took.compareTo(settings().settle()) > 0) {
			throw new LabException("to apply the policies took %d s, longer than lab.settle allows: %d s"
				.formatted(took.toSeconds(), settings().settle().toSeconds()));
		}
		this.pods.forEach((pod) -> pod.seen().mark(What.POLICY_APPLIED, start));
	}

	/**
	 * Tries the controls until they show enforcement, for each pod by itself and for
	 * {@code lab.settle} at most.
	 */
	public void awaitEnforcement() {
		say("applied, waiting for enforcement");
		List<PodUnderTest> running = this.pods.stream().filter((pod) -> pod.seen().isRunning()).toList();
		Map<PodUnderTest, String> unsettled = this.controls.untilAsExpected(Phase.SETTLING, running,
				PodUnderTest::endpoint);
		this.recorder.readNow();
		Instant end = Instant.now();
		for (PodUnderTest pod : running) {
			pod.readLog();
			switch (unsettled.get(pod)) {
				case null -> pod.seen().enforced(end);
				case "" -> pod.seen()
					.stop("the controls did not show enforcement within %d s"
						.formatted(settings().settle().toSeconds()));
				case String failure -> pod.seen().stop("the controls could not be tried: " + failure);
			}
		}
	}

	/** Watches until a probe of each kind was counted after {@code lab.watch}. */
	public void watch() {
		say("enforced, watching");
		new Watch(this, well()).run();
	}

	/** Makes probes fail, of one half of the pods and then of the other one. */
	public void breakOnPurpose() {
		say("breaking probes on purpose");
		this.breaking = new Breaking(this, well(), this.cells.stream().map(Cell::kind).collect(Collectors.toSet()));
		this.breaking.run();
	}

	/** Removes the policies, and tries the controls until all are open again. */
	public void removePolicies() {
		say("removing the policies");
		this.endSabotage.run();
		this.policies.remove();
		Instant removed = Instant.now();
		this.pods.forEach((pod) -> pod.seen().mark(What.POLICY_REMOVED, removed));
		this.controls.untilAsExpected(Phase.AFTER, this.pods.stream().filter((pod) -> !pod.seen().isStopped()).toList(),
				PodUnderTest::endpoint);
		if (this.breaking != null) {
			this.breaking.conclude();
		}
	}

	/** What was seen so far of each cell and each pod with its mechanism. */
	public List<CellEvidence> observations() {
		for (PodUnderTest pod : this.pods) {
			pod.readLog();
			if (pod.seen().wasStartedAgain()) {
				pod.readPreviousLog();
			}
			pod.refreshNodeAddresses();
		}
		return this.cells.stream()
			.flatMap((cell) -> this.pods.stream()
				.filter((pod) -> pod.mechanism() == cell.mechanism())
				.map((pod) -> pod.seen()
					.observation(cell, settings().period(cell.mechanism()), this.policies.created())))
			.toList();
	}

	/** What follows from that. Where not all survive, diagnostics are written. */
	public List<CellResult> results() {
		List<CellEvidence> observations = observations();
		List<Finding> findings = observations.stream().map(Finding::of).toList();
		this.failed = findings.stream().anyMatch((finding) -> finding.verdict() != Verdict.SURVIVES);
		writeDiagnostics();
		return IntStream.range(0, findings.size())
			.mapToObj((i) -> new CellResult(observations.get(i), findings.get(i),
					(findings.get(i).verdict() != Verdict.SURVIVES) ? this.diagnostics : null))
			.toList();
	}

	private void writeDiagnostics() {
		if (this.failed && this.diagnostics == null && this.lab.sabotage() == Sabotage.NONE) {
			try {
				this.diagnostics = Diagnostics.write(this.group);
			}
			catch (RuntimeException ex) {
				System.out.println("The details could not be written: " + LabException.oneLine(ex.getMessage()));
			}
		}
	}

	/**
	 * Takes steps, or as much of them as is possible; what stopped them is part of the
	 * evidence.
	 */
	void orSayWhy(Runnable steps) {
		try {
			steps.run();
		}
		catch (RuntimeException ex) {
			String reason = switch (ex) {
				case LabException _, IllegalStateException _, KubernetesClientException _ -> ex.getMessage();
				default -> ex.toString();
			};
			this.pods.forEach((pod) -> pod.seen().stop(reason));
		}
	}

	void say(String step) {
		this.progress.say(this.controls.policy().label() + "/" + this.controls.order().label(), step);
	}

	/** Removes the namespace, unless it is to be kept. */
	@Override
	public void close() {
		this.recorder.close();
		writeDiagnostics();
		if (!settings().keep().keeps(this.failed)) {
			this.group.remove();
		}
	}

}

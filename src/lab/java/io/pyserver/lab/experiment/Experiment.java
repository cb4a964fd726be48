package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.controls.Round.Connection;
import io.pyserver.lab.controls.Round.Endpoint;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.ControlEvidence.Phase;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.shipped.Policies;

/**
 * Some pods of a namespace, some policies, and what is done with them step by step. Each
 * pod is judged by what was seen of it, and one that falls behind holds up no other.
 */
public final class Experiment implements AutoCloseable {

	private final Setup setup;

	private final Policies policies;

	private final Progress progress;

	private Runnable endSabotage = () -> {
	};

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
		Policy policy = cells.getFirst().policy();
		Controls controls = new Controls(connections, lab.settings().settle(), policy,
				cells.getFirst().effectiveOrder());
		this.setup = new Setup(lab, group, List.copyOf(cells), List.copyOf(pods), controls,
				new ProbeRecorder(group, pods));
		this.policies = new Policies(group, policy);
		this.progress = progress;
	}

	Setup setup() {
		return this.setup;
	}

	public List<PodUnderTest> pods() {
		return this.setup.pods();
	}

	/** Counts probes from now on, before there is any of pods that are still to come. */
	void startCounting() {
		this.setup.group().events();
		this.setup.recorder().start();
	}

	/**
	 * Waits until the pods are ready.
	 * @param since when they were told to start
	 */
	void awaitReady(Instant since) {
		Duration left = this.setup.settings().ready().minus(Duration.between(since, Instant.now()));
		this.setup.readiness()
			.awaitStart(pods(), left.isPositive() ? left : Duration.ofSeconds(1),
					this.setup.startsUnderPolicies() ? "the pod was not ready within %d s; lab.ready gives it longer"
						.formatted(this.setup.settings().ready().toSeconds()) : null);
	}

	/**
	 * Tries the controls before any policy, until all are open or for {@code lab.settle}.
	 */
	public void observeBaseline() {
		observeBaseline(PodUnderTest::endpoint);
	}

	void observeBaseline(Function<PodUnderTest, Endpoint> endpoint) {
		this.setup.controls().untilAsExpected(Phase.BEFORE, this.setup.well(), endpoint);
	}

	public void applyPolicies() {
		this.setup.recorder().readNow();
		Instant start = Instant.now();
		this.endSabotage = this.setup.lab().sabotage().apply(this.setup.group(), this.policies::apply);
		Duration took = Duration.between(start, Instant.now());
		if (took.compareTo(this.setup.settings().settle()) > 0) {
			throw new LabException("to apply the policies took %d s, longer than lab.settle allows: %d s"
				.formatted(took.toSeconds(), this.setup.settings().settle().toSeconds()));
		}
		pods().forEach((pod) -> pod.seen().mark(What.POLICY_APPLIED, start));
	}

	/**
	 * Tries the controls until they show enforcement, for each pod by itself and for
	 * {@code lab.settle} at most.
	 */
	public void awaitEnforcement() {
		say("applied, waiting for enforcement");
		this.setup.controls()
			.awaitEnforcement(pods().stream().filter((pod) -> pod.seen().isRunning()).toList(), this.setup.recorder());
	}

	/** Watches until a probe of each kind was counted after {@code lab.watch}. */
	public void watch() {
		say("enforced, watching");
		new Watch(this.setup, this.setup.well()).run();
	}

	/** Makes probes fail, of one half of the pods and then of the other one. */
	public void breakOnPurpose() {
		say("breaking probes on purpose");
		this.breaking = new Breaking(this.setup, this.setup.well(),
				this.setup.cells().stream().map(Cell::kind).collect(Collectors.toSet()));
		this.breaking.run();
	}

	/** Removes the policies, and tries the controls until all are open again. */
	public void removePolicies() {
		say("removing the policies");
		this.endSabotage.run();
		this.policies.remove();
		Instant removed = Instant.now();
		pods().forEach((pod) -> pod.seen().mark(What.POLICY_REMOVED, removed));
		this.setup.controls()
			.untilAsExpected(Phase.AFTER, pods().stream().filter((pod) -> !pod.seen().isStopped()).toList(),
					PodUnderTest::endpoint);
		if (this.breaking != null) {
			this.breaking.conclude();
		}
	}

	/** What was seen so far of each cell and each pod with its mechanism. */
	public List<Observation> observations() {
		SideBySide.each(pods(), PodUnderTest::readAgain);
		return this.setup.cells()
			.stream()
			.flatMap((cell) -> pods().stream()
				.filter((pod) -> pod.mechanism() == cell.mechanism())
				.map((pod) -> pod.seen()
					.observation(cell, this.setup.settings().period(cell.mechanism()), this.policies.created())))
			.toList();
	}

	/** What follows from that. Where not all survive, diagnostics are written. */
	public List<CellResult> results() {
		List<Observation> observations = observations();
		List<Finding> findings = observations.stream().map(Finding::of).toList();
		this.failed = findings.stream().anyMatch((finding) -> finding.verdict() != Verdict.SURVIVES);
		writeDiagnostics();
		return IntStream.range(0, findings.size())
			.mapToObj((i) -> new CellResult(observations.get(i), findings.get(i),
					(findings.get(i).verdict() != Verdict.SURVIVES) ? this.diagnostics : null))
			.toList();
	}

	private void writeDiagnostics() {
		if (this.failed && this.diagnostics == null && this.setup.lab().sabotage() == Sabotage.NONE) {
			this.diagnostics = Diagnostics.tryToWrite(this.setup.lab(), this.setup.group());
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
			pods().forEach((pod) -> pod.seen().stop(reason));
		}
	}

	void say(String step) {
		this.progress.say(this.setup.controls().policy().label() + "/" + this.setup.controls().order().label(), step);
	}

	/** Removes the namespace, unless it is to be kept. */
	@Override
	public void close() {
		this.setup.recorder().close();
		writeDiagnostics();
		if (!this.setup.settings().keep().keeps(this.failed)) {
			this.setup.group().remove();
		}
	}

}

package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.report.LabRun.CellResult;
import io.pyserver.lab.shipped.Policies;

/**
 * Tests the cells of one policy and one order in a namespace of their own. {@link #run}
 * takes all steps. The lesson takes them one by one. Each pod is judged by its own
 * observations. The experiment continues without a pod that has a problem.
 */
public final class Experiment implements AutoCloseable {

	private final Setup setup;

	private final Policies policies;

	private final Progress progress;

	private Runnable endSabotage = () -> {
	};

	private @Nullable Breaking breaking;

	private boolean failed = true;

	private @Nullable String diagnostics;

	/** Creates the experiment, and deploys nothing. */
	Experiment(Setup setup, Progress progress) {
		this.setup = setup;
		this.policies = new Policies(setup.group(), setup.policy());
		this.progress = progress;
	}

	Setup setup() {
		return this.setup;
	}

	public List<PodUnderTest> pods() {
		return this.setup.pods();
	}

	/**
	 * Takes all steps. If a step fails, only the removal of the policies follows.
	 * @param slot is closed before the policies are removed, because the removal needs
	 * little processor time
	 */
	List<CellResult> run(ConcurrencyLimit.Permit slot) {
		try (slot) {
			giveUpOnFailure(() -> {
				say("deploying");
				startCounting();
				this.setup.group().create("restricted");
				boolean podsFirst = this.setup.order() == Order.POD_FIRST;
				if (podsFirst) {
					startPods();
				}
				observeBaseline();
				applyPolicies();
				if (!podsFirst) {
					startPods();
				}
				awaitEnforcement();
				if (!this.setup.well().isEmpty()) {
					watch();
					breakOnPurpose();
				}
			});
		}
		giveUpOnFailure(this::removePolicies);
		this.progress.ended();
		return results();
	}

	/** Takes steps. If a step fails, this method gives up all pods with its error. */
	void giveUpOnFailure(Runnable steps) {
		try {
			steps.run();
		}
		catch (RuntimeException ex) {
			boolean isExplained = ex instanceof LabException || ex instanceof IllegalStateException
					|| ex instanceof KubernetesClientException;
			pods().forEach((pod) -> pod.seen().giveUp(isExplained ? ex.getMessage() : ex.toString()));
		}
	}

	/** Counts probes from now on, including those of pods that are created later. */
	void startCounting() {
		this.setup.group().events();
		this.setup.recorder().start();
	}

	private void startPods() {
		PodGroup group = this.setup.group();
		Instant started;
		try (ConcurrencyLimit.Permit _ = group.cluster().run().starts().acquire()) {
			group.apply(this.setup.manifests());
			started = Instant.now();
			group.awaitAndFindNotReady(Limits.ALL.headStart(), Limits.ALL.headStart(),
					pods().stream().map(PodUnderTest::name).toList());
		}
		awaitReady(started);
	}

	/**
	 * Waits until the pods are ready.
	 * @param since when the pods were started
	 */
	void awaitReady(Instant since) {
		Duration limit = this.setup.settings().ready();
		Duration left = limit.minus(Duration.between(since, Instant.now()));
		boolean underPolicies = this.setup.order() == Order.POLICY_FIRST || this.setup.policy() == Policy.NONE;
		this.setup.readiness()
			.awaitStart(pods(), left.isPositive() ? left : Duration.ofSeconds(1), underPolicies
					? "the pod was not ready within %d s; lab.ready gives it longer".formatted(limit.toSeconds())
					: null);
	}

	/** Tries the controls before the policies are applied, until all are open. */
	public void observeBaseline() {
		this.setup.controls().untilAsExpected(Phase.BEFORE, this.setup.well());
	}

	public void applyPolicies() {
		this.setup.recorder().readNow();
		Instant start = Instant.now();
		this.endSabotage = this.setup.lab().sabotage().apply(this.setup.group(), this::applyInTime);
		pods().forEach((pod) -> pod.seen().mark(What.POLICY_APPLIED, start));
	}

	private void applyInTime() {
		Instant start = Instant.now();
		this.policies.apply();
		Duration took = Duration.between(start, Instant.now());
		Duration limit = this.setup.settings().settle();
		if (took.compareTo(limit) > 0) {
			throw new LabException("to apply the policies took %d s, longer than lab.settle allows: %d s"
				.formatted(took.toSeconds(), limit.toSeconds()));
		}
	}

	/**
	 * Tries the controls of each pod until they show enforcement, for {@code lab.settle}
	 * at most. Gives up the pods that show none.
	 */
	public void awaitEnforcement() {
		say("applied, waiting for enforcement");
		this.setup.controls().awaitEnforcement(pods().stream().filter((pod) -> pod.seen().isRunning()).toList());
	}

	/** Watches the probes for {@code lab.watch}, while nothing is broken. */
	public void watch() {
		say("enforced, watching");
		new Watch(this.setup, this.setup.well()).run();
	}

	/** Breaks the probes of one half of the pods, and then those of the other half. */
	public void breakOnPurpose() {
		say("breaking probes on purpose");
		this.breaking = new Breaking(this.setup);
		this.breaking.run();
	}

	/** Removes the policies, and tries the controls until all are open again. */
	public void removePolicies() {
		say("removing the policies");
		this.endSabotage.run();
		this.policies.remove();
		Instant removed = Instant.now();
		pods().forEach((pod) -> pod.seen().mark(What.POLICY_REMOVED, removed));
		List<PodUnderTest> running = pods().stream().filter((pod) -> !pod.seen().isGivenUp()).toList();
		this.setup.controls().untilAsExpected(Phase.AFTER, running);
		if (this.breaking != null) {
			this.breaking.conclude();
		}
	}

	/** The observations so far, one for each cell and each pod of its mechanism. */
	public List<Observation> observations() {
		SideBySide.each(pods(), (pod) -> pod.log().readAgain());
		return this.setup.cells()
			.stream()
			.flatMap((cell) -> pods().stream()
				.filter((pod) -> pod.mechanism() == cell.mechanism())
				.map((pod) -> pod.seen().observation(cell, this.policies.created())))
			.toList();
	}

	/**
	 * Returns the observations with their findings. Writes diagnostics unless all probes
	 * survive.
	 */
	public List<CellResult> results() {
		List<CellResult> results = observations().stream()
			.map((observation) -> new CellResult(observation, Finding.of(observation), null))
			.toList();
		this.failed = !results.stream().allMatch(Experiment::survives);
		writeDiagnostics();
		return results.stream()
			.map((each) -> survives(each) ? each : new CellResult(each.observation(), each.finding(), this.diagnostics))
			.toList();
	}

	private static boolean survives(CellResult result) {
		return result.finding().verdict() == Verdict.SURVIVES;
	}

	private void writeDiagnostics() {
		if (this.failed && this.diagnostics == null && this.setup.lab().sabotage() == Sabotage.NONE) {
			this.diagnostics = Diagnostics.tryToWrite(this.setup.settings().report(), this.setup.group());
		}
	}

	private void say(String step) {
		this.progress.say(this.setup.policy().label() + "/" + this.setup.order().label(), step);
	}

	/** Removes the namespace, unless {@code lab.keep} keeps it. */
	@Override
	public void close() {
		this.setup.recorder().close();
		writeDiagnostics();
		if (!this.setup.settings().keep().keeps(this.failed)) {
			this.setup.group().remove();
		}
	}

}

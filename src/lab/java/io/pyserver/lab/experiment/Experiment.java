package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.shipped.Policies;

/**
 * Some pods of a namespace, some policies, and what is done with them step by step:
 * reach, deny, watch, break on purpose, allow again. Each pod is judged by what was seen
 * of it, and one that falls behind holds up no other.
 */
public final class Experiment implements AutoCloseable {

	private final Lab lab;

	private final PodGroup group;

	private final List<Cell> cells;

	private final Policies policies;

	private final Scene scene;

	/** What was seen of each pod so far. Nothing but {@link #note} writes here. */
	private final Map<Probed, Course> courses = new LinkedHashMap<>();

	private final Progress progress;

	private Sabotage.Ongoing sabotage = () -> {
	};

	/** From when on what happens to pods that are there may be the policies' doing. */
	private Instant exposed = Instant.EPOCH;

	/** What was broken is concluded at the end. */
	private @Nullable Breaking breaking;

	private boolean failed = true;

	private @Nullable String details;

	/**
	 * On pods that are there or will be.
	 * @param cells what is asked, of one policy and one order
	 */
	Experiment(Lab lab, PodGroup group, List<Cell> cells, List<Probed> pods, Progress progress) {
		this.lab = lab;
		this.group = group;
		this.cells = List.copyOf(cells);
		this.scene = Scene.of(lab, lab.surroundings(), group, pods, cells.getFirst().policy(),
				cells.getFirst().effectiveOrder());
		this.policies = new Policies(group, this.scene.policy());
		pods.forEach((pod) -> this.courses.put(pod, new Course(pod, List.of())));
		this.progress = progress;
	}

	private void take(Step step) {
		try {
			step.run();
		}
		finally {
			step.seen().forEach(this::note);
		}
	}

	private void note(Probed pod, Outcome outcome) {
		this.courses.computeIfPresent(pod, (_, course) -> course.then(outcome));
	}

	/** Counts probes from now on, before there is any of pods that are still to come. */
	void startCounting() {
		this.group.events();
		this.scene.recorder().start();
	}

	/** Waits until the pods are ready, and looks at those that are. */
	void awaitReady(Instant since) {
		take(new Start(this.scene, pods(), since));
	}

	/**
	 * Tries the controls before any policy, until all are open or for {@code lab.settle}.
	 */
	public void reach() {
		reach(Probed::target);
	}

	void reach(Rounds.Place place) {
		take(new Reaching(this.scene.rounds(), well(), place));
	}

	/** Applies the policies. */
	public void deny() {
		this.scene.recorder().readNow();
		Instant start = Instant.now();
		if (this.scene.order() == Order.POD_FIRST) {
			this.exposed = start;
		}
		this.sabotage = this.lab.sabotage().apply(this.group, this.policies::apply);
		Duration took = Duration.between(start, Instant.now());
		if (took.compareTo(this.lab.settings().settle()) > 0) {
			throw new LabException("to apply the policies took %d s, longer than lab.settle allows: %d s"
				.formatted(took.toSeconds(), this.lab.settings().settle().toSeconds()));
		}
		pods().forEach((pod) -> note(pod, new Outcome.Denied(List.of(new Mark(start, What.POLICY_APPLIED)))));
	}

	/**
	 * Tries the controls until they show enforcement, for each pod by itself and for
	 * {@code lab.settle} at most.
	 */
	public void awaitEnforcement() {
		say("applied, waiting for enforcement");
		take(new Settle(this.scene, this.courses.values().stream().filter(Course::isRunning).toList()));
	}

	/** Watches until a probe of each kind was counted after {@code lab.watch}. */
	public void watch() {
		say("enforced, watching");
		Map<Probed, Instant> enforced = new LinkedHashMap<>();
		well().forEach((pod) -> enforced.put(pod, this.courses.get(pod).at(What.ENFORCED)));
		take(new Watch(this.scene, enforced, this.exposed));
	}

	/** Makes probes fail, and looks at what the kubelets make of it. */
	public void breakOnPurpose() {
		say("breaking probes on purpose");
		this.breaking = new Breaking(this.scene, well(),
				this.cells.stream().map(Cell::kind).collect(Collectors.toSet()), this.exposed);
		take(this.breaking);
	}

	/** Removes the policies, and tries the controls until all are open again. */
	public void allow() {
		say("removing the policies");
		this.sabotage.close();
		this.policies.remove();
		List<Probed> notStopped = pods().stream().filter((pod) -> this.courses.get(pod).unwell() == null).toList();
		take(new Release(this.scene, pods(), notStopped, this.breaking));
	}

	public Look look() {
		return new Look(this.scene, List.copyOf(this.courses.values()));
	}

	/**
	 * What follows for each cell and pod. Where not all survive, logs, events, objects
	 * and rules are written down.
	 */
	public List<CellResult> results() {
		List<Observation> evidence = new CellEvidenceCollector(this.scene, this.policies.created()).collect(this.cells,
				this.courses.values());
		List<Finding> findings = evidence.stream().map(Finding::of).toList();
		this.failed = findings.stream().anyMatch((finding) -> finding.verdict() != Verdict.SURVIVES);
		writeDetails();
		return IntStream.range(0, evidence.size())
			.mapToObj((i) -> new CellResult(evidence.get(i), findings.get(i),
					(findings.get(i).verdict() != Verdict.SURVIVES) ? this.details : null))
			.toList();
	}

	private void writeDetails() {
		if (this.failed && this.details == null && this.lab.sabotage() == Sabotage.NONE) {
			try {
				this.details = Details.write(this.lab, this.group);
			}
			catch (RuntimeException ex) {
				System.out.println("The details could not be written: " + LabException.oneLine(ex.getMessage()));
			}
		}
	}

	/**
	 * Takes a step, or as much of it as is possible; what stopped it is part of the
	 * evidence.
	 */
	void orSayWhy(Runnable step) {
		try {
			step.run();
		}
		catch (RuntimeException ex) {
			String reason = switch (ex) {
				case LabException _, IllegalStateException _, KubernetesClientException _ -> ex.getMessage();
				default -> ex.toString();
			};
			pods().forEach((pod) -> note(pod, new Outcome.Stopped(Unwell.because(reason))));
		}
	}

	List<Probed> pods() {
		return List.copyOf(this.courses.keySet());
	}

	/** Those of which nothing was seen yet that makes more of it pointless. */
	List<Probed> well() {
		return pods().stream().filter((pod) -> this.courses.get(pod).isWell()).toList();
	}

	void say(String phase) {
		this.progress.say(this.scene.policy().label() + "/" + this.scene.order().label(), phase);
	}

	/** Removes the namespace, unless it is to be kept. */
	@Override
	public void close() {
		this.scene.recorder().close();
		writeDetails();
		if (!this.lab.settings().keep().keeps(this.failed)) {
			this.group.remove();
		}
	}

}

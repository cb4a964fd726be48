package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.shipped.Policies;
import org.jspecify.annotations.Nullable;

/**
 * Some pods of a namespace, some policies, and what is done with them step by step:
 * reach, deny, watch, break on purpose, allow again. Each pod is judged by what was seen
 * of it, and one that falls behind holds up no other.
 */
public final class Experiment implements AutoCloseable {

	private final Lab lab;

	private final PodGroup group;

	private final List<Cell> cells;

	private final Policy policy;

	private final Policies policies;

	private final List<SubjectPod> subjects;

	private final Rounds rounds;

	private final Progress progress;

	private Sabotage.Ongoing sabotage = () -> {
	};

	/** What was broken is concluded at the end. */
	private @Nullable Breaking breaking;

	private KubeletEvents whenDenied = KubeletEvents.NONE;

	private boolean failed = true;

	private @Nullable String details;

	/**
	 * On pods that are there or will be.
	 * @param cells what is asked, of one policy and one order
	 */
	Experiment(Lab lab, PodGroup group, List<Cell> cells, List<SubjectPod> subjects, Progress progress) {
		this.lab = lab;
		this.group = group;
		this.cells = List.copyOf(cells);
		this.policy = cells.getFirst().policy();
		this.policies = new Policies(group, this.policy);
		this.subjects = List.copyOf(subjects);
		this.rounds = new Rounds(lab.surroundings(), lab.settings().settle(), this.policy, order());
		this.progress = progress;
	}

	private Order order() {
		return this.cells.getFirst().course();
	}

	/** Waits until the pods are ready, and looks at those that are. */
	void awaitReady(Instant since) {
		Duration ready = this.lab.settings().ready();
		Duration left = ready.minus(Duration.between(since, Instant.now()));
		Map<SubjectPod, Readiness.NotReady> late = this.lab
			.readiness(this.group, left.isPositive() ? left : Duration.ofSeconds(1))
			.await(this.subjects);
		Map<String, Pod> pods = this.group.pods();
		boolean underPolicies = order() == Order.POLICY_FIRST || this.policy == Policy.NONE;
		for (SubjectPod subject : this.subjects) {
			subject.created = pods.getOrDefault(subject.name, subject.created);
			Readiness.NotReady notReady = late.get(subject);
			if (notReady == null) {
				subject.markReady();
			}
			else if (underPolicies) {
				subject.notReady(notReady, KubeletEvents.NONE,
						"the pod was not ready within %d s; lab.ready gives it longer".formatted(ready.toSeconds()));
			}
			else {
				subject.stop("already before any policy the pod was not ready: "
						+ String.join("; ", notReady.said().messages().stream().distinct().toList()));
			}
		}
	}

	/**
	 * Tries the controls before any policy, until all are open or for {@code lab.settle}.
	 */
	public void reach() {
		reach(SubjectPod::target);
	}

	void reach(Rounds.Place place) {
		this.rounds.untilAsExpected(Phase.BEFORE, well(), place);
	}

	/** Applies the policies. */
	public void deny() {
		Instant start = Instant.now();
		this.sabotage = this.lab.sabotage().apply(this.group, this.policies::apply);
		Duration took = Duration.between(start, Instant.now());
		if (took.compareTo(this.lab.settings().settle()) > 0) {
			throw new LabException("to apply the policies took %d s, longer than lab.settle allows: %d s"
				.formatted(took.toSeconds(), this.lab.settings().settle().toSeconds()));
		}
		this.subjects.forEach((subject) -> subject.mark(What.POLICY_APPLIED));
	}

	/**
	 * Tries the controls until they show enforcement, for each pod by itself and for
	 * {@code lab.settle} at most.
	 */
	public void awaitEnforcement() {
		say("applied, waiting for enforcement");
		this.whenDenied = this.group.events();
		List<SubjectPod> tried = this.subjects.stream().filter(SubjectPod::isRunning).toList();
		Map<SubjectPod, String> unsettled = this.rounds.untilAsExpected(Phase.SETTLING, tried, SubjectPod::target);
		Map<String, List<LogLine>> logs = this.group.logs();
		for (SubjectPod subject : tried) {
			switch (unsettled.get(subject)) {
				case null -> subject.settled(subject.logIn(logs).latest());
				case "" -> subject.stop("the controls did not show enforcement within %d s"
					.formatted(this.lab.settings().settle().toSeconds()));
				case String failure -> subject.stop("the controls could not be tried: " + failure);
			}
		}
	}

	/** Watches until the log shows a probe of each kind after {@code lab.watch}. */
	public void watch() {
		say("enforced, watching");
		new Watch(this.lab, this.group, this.rounds, this.whenDenied, well()).run();
	}

	/** Makes probes fail, and looks at what the kubelets make of it. */
	public void breakOnPurpose() {
		say("breaking probes on purpose");
		this.breaking = new Breaking(this.lab, this.group, this.subjects);
		this.breaking.run(this.cells.stream().map(Cell::kind).collect(Collectors.toSet()));
	}

	/** Removes the policies, and tries the controls until all are open again. */
	public void allow() {
		say("removing the policies");
		this.sabotage.close();
		this.policies.remove();
		this.subjects.forEach((subject) -> subject.mark(What.POLICY_REMOVED));
		this.rounds.untilAsExpected(Phase.AFTER,
				this.subjects.stream().filter((subject) -> subject.problem == null).toList(), SubjectPod::target);
		if (this.breaking != null) {
			this.breaking.conclude();
		}
	}

	public Look look() {
		return new Look(this.lab, this.group, this.subjects);
	}

	/**
	 * What follows for each cell and pod. Where not all survive, logs, events, objects
	 * and rules are written down.
	 */
	public List<CellResult> results() {
		List<CellEvidence> evidence = new CellEvidenceCollector(this.lab, this.group, this.policies).collect(this.cells,
				this.subjects);
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
			this.subjects.forEach((subject) -> subject.stop(String.valueOf(reason)));
		}
	}

	List<SubjectPod> well() {
		return this.subjects.stream().filter(SubjectPod::isWell).toList();
	}

	List<SubjectPod> subjects() {
		return this.subjects;
	}

	void say(String phase) {
		this.progress.say(this.policy.label() + "/" + order().label(), phase);
	}

	/** Removes the namespace, unless it is to be kept. */
	@Override
	public void close() {
		writeDetails();
		if (!this.lab.settings().keep().keeps(this.failed)) {
			this.group.remove();
		}
	}

}

package io.pyserver.lab.matrix;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Manifest;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All cells of one policy and one order: a namespace with a pod for each mechanism, which
 * has probes of all kinds.
 */
final class PolicyExperiment {

	/** For what comes later than it should, before it is taken for missing. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** A round of all controls takes 3 to 10 seconds. */
	private static final Duration ROUND = Duration.ofSeconds(30);

	private final Lab lab;

	private final List<Cell> cells;

	private final Policy policy;

	private final Order order;

	private final PodGroup group;

	private final AppliedPolicies policies;

	private final List<SubjectPod> subjects;

	private final Progress progress;

	/** Of cells that have policy and order in common. */
	PolicyExperiment(Lab lab, List<Cell> cells, Progress progress) {
		this.lab = lab;
		this.cells = cells;
		this.policy = cells.getFirst().policy();
		this.order = cells.getFirst().order();
		this.group = new PodGroup(lab.cluster(), lab.cluster().namespaces().name(purpose()));
		this.policies = new AppliedPolicies(this.group, this.policy);
		this.subjects = cells.stream().map(Cell::mechanism).distinct().map(this::subject).toList();
		this.progress = progress;
	}

	private String purpose() {
		return this.lab.purpose() + "-" + this.policy.label() + "-" + this.order.label();
	}

	/** Neighbours in the matrix are on different nodes. */
	private SubjectPod subject(Mechanism mechanism) {
		List<Node> nodes = this.lab.cluster().nodes();
		int turn = mechanism.ordinal() + this.order.ordinal() + this.policy.ordinal();
		return new SubjectPod(this.group, mechanism, nodes.get(turn % nodes.size()).name());
	}

	/**
	 * Runs it to the end, or as far as it gets; what stopped it is part of the evidence.
	 */
	List<CellEvidence> run() {
		try {
			start();
			if (settle()) {
				watch();
				breakOnPurpose();
			}
			else {
				well().forEach((
						subject) -> subject.problem = "the controls did not settle within %d s; lab.settle gives them longer"
							.formatted(this.lab.settings().settle().toSeconds()));
			}
			release();
		}
		catch (RuntimeException ex) {
			this.subjects.stream()
				.filter((subject) -> subject.problem == null)
				.forEach((subject) -> subject.problem = oneLine(ex));
		}
		CellEvidenceCollector collector = new CellEvidenceCollector(this.lab, this.group, this.policies);
		List<CellEvidence> evidence = this.cells.stream()
			.map((cell) -> collector.collect(cell,
					this.subjects.stream()
						.filter((subject) -> subject.mechanism == cell.mechanism())
						.findFirst()
						.orElseThrow()))
			.toList();
		if (!this.lab.settings().keep()) {
			this.group.remove();
		}
		return evidence;
	}

	private static String oneLine(RuntimeException ex) {
		return LabException.oneLine(
				(ex instanceof LabException || ex instanceof IllegalStateException) ? ex.getMessage() : ex.toString());
	}

	private void start() {
		say("deploying");
		this.group.apply("namespace", List.of(Manifest.namespace(this.lab.cluster(), purpose(), "restricted")));
		if (this.order == Order.POLICY_FIRST) {
			measureUntilAsExpected(Phase.BEFORE, well(), (subject) -> this.lab.surroundings().standIn(subject.node));
			applyPolicies();
		}
		this.group.apply("pods",
				this.subjects.stream()
					.map((subject) -> this.lab.shipped()
						.on(this.lab.cluster(), this.group.namespace(), subject.name, subject.node, subject.mechanism,
								this.lab.settings()))
					.map(this.lab.sabotage()::pod)
					.toList());
		awaitReady(this.subjects);
		if (this.order == Order.POD_FIRST) {
			measureUntilAsExpected(Phase.BEFORE, well(), SubjectPod::target);
			applyPolicies();
		}
	}

	private void applyPolicies() {
		Instant start = Instant.now();
		this.lab.sabotage().apply(this.policies::apply);
		Duration took = Duration.between(start, Instant.now());
		if (took.compareTo(this.lab.settings().settle()) > 0) {
			throw new LabException("to apply the policies took %d s, longer than lab.settle allows: %d s"
				.formatted(took.toSeconds(), this.lab.settings().settle().toSeconds()));
		}
		this.subjects.forEach((subject) -> subject.mark(What.POLICY_APPLIED));
	}

	private void awaitReady(List<SubjectPod> awaited) {
		Set<String> late = this.group.awaitReadyOrSayWho(this.lab.settings().ready(),
				awaited.stream().map((subject) -> subject.name).toList());
		Map<String, JsonNode> pods = this.group.pods();
		KubeletEvents events = KubeletEvents.of(this.lab.cluster().api(), this.group.namespace());
		for (SubjectPod subject : awaited) {
			subject.created = pods.getOrDefault(subject.name, subject.created);
			if (late.contains(subject.name)) {
				subject.notReady(this.lab.settings().ready(), events);
			}
			else {
				subject.mark(What.READY);
			}
		}
	}

	private List<SubjectPod> well() {
		return this.subjects.stream().filter(SubjectPod::isWell).toList();
	}

	/**
	 * Measures until everything is as the policies want it, or for as long as an engine
	 * may take.
	 */
	private boolean settle() {
		say("applied, waiting for enforcement");
		boolean settled = measureUntilAsExpected(Phase.SETTLING, well(), SubjectPod::target);
		if (settled) {
			Map<String, List<LogLine>> logs = this.group.logs();
			for (SubjectPod subject : well()) {
				subject.settled();
				subject.mark(What.ENFORCED);
				subject.enforced = subject.logIn(logs).latest();
			}
		}
		return settled;
	}

	/**
	 * What began within the limit counts. There are two rounds at least: on a busy
	 * machine one may take as long as the limit.
	 * @throws IllegalStateException when not one round could be made, saying why
	 */
	private boolean measureUntilAsExpected(Phase phase, List<SubjectPod> measured, Place place) {
		Instant limit = Instant.now().plus(this.lab.settings().settle());
		AtomicInteger rounds = new AtomicInteger();
		AtomicBoolean asExpected = new AtomicBoolean();
		Condition.holdsWithin(this.lab.settings().settle().plus(ROUND.multipliedBy(2)), () -> {
			asExpected.set(isAsExpected(phase, measure(phase, measured, place)));
			return asExpected.get() || (rounds.incrementAndGet() > 1 && Instant.now().isAfter(limit));
		});
		return asExpected.get() || (rounds.get() == 0 && isAsExpected(phase, measure(phase, measured, place)));
	}

	private boolean isAsExpected(Phase phase, Collection<Map<Control, Reach>> measured) {
		return measured.stream()
			.flatMap((controls) -> controls.entrySet().stream())
			.allMatch((tried) -> isOpen(phase, tried.getKey()) ? tried.getValue() == Reach.REACHED
					: tried.getValue().blocked());
	}

	private boolean isOpen(Phase phase, Control control) {
		return !phase.underPolicies() || control.openUnder(this.policy);
	}

	private Collection<Map<Control, Reach>> measure(Phase phase, List<SubjectPod> measured, Place place) {
		Map<SubjectPod, Target> targets = measured.stream().collect(Collectors.toMap((subject) -> subject, place::of));
		Map<Target, Map<Control, Reach>> reached = this.lab.surroundings()
			.dials(targets.values().stream().distinct().toList(), (control) -> isOpen(phase, control))
			.make();
		measured.forEach((subject) -> subject.note(phase, reached.getOrDefault(targets.get(subject), Map.of())));
		return reached.values();
	}

	/** Until the log shows a probe of each kind after the time to watch. */
	private void watch() {
		say("enforced, watching");
		LabSettings settings = this.lab.settings();
		KubeletEvents before = KubeletEvents.of(this.lab.cluster().api(), this.group.namespace());
		List<SubjectPod> watched = well();
		try (Sabotage.Ongoing _ = this.lab.sabotage().start(watched.stream().map(SubjectPod::target).toList())) {
			Condition.holdsWithin(settings.watch().plus(PATIENCE), settings.watch(),
					() -> isSeenForLongEnough(watched));
			measureDuring(watched);
		}
		// Before anything else is asked of the pods.
		KubeletEvents events = KubeletEvents.of(this.lab.cluster().api(), this.group.namespace()).since(before);
		for (SubjectPod subject : watched) {
			subject.restarts = restarts(subject);
			for (Kind kind : Kind.values()) {
				subject.unhealthy.put(kind, events.unhealthy(subject.name, kind));
			}
		}
		Map<String, List<LogLine>> first = this.group.logs();
		SideBySide.all(watched.stream().<Callable<@Nullable Void>>map((subject) -> () -> {
			subject.byHistory.putAll(this.lab.sabotage().history(subject.history()));
			return null;
		}).toList());
		Map<String, List<LogLine>> last = this.group.logs();
		watched.forEach((subject) -> subject.endWatch(subject.logIn(first), subject.logIn(last)));
	}

	/** Once; again only where a command could not be run. */
	private void measureDuring(List<SubjectPod> watched) {
		if (!Condition.holdsWithin(ROUND,
				() -> measure(Phase.DURING, watched, SubjectPod::target).size() == watched.size())) {
			throw new IllegalStateException("the controls could not be tried while probes were watched");
		}
	}

	private boolean isSeenForLongEnough(List<SubjectPod> watched) {
		Map<String, List<LogLine>> logs = this.group.logs();
		return watched.stream()
			.allMatch((subject) -> subject.isSeenFor(this.lab.settings().watch(), subject.logIn(logs))
					|| restarts(subject) > 0);
	}

	private int restarts(SubjectPod subject) {
		JsonNode pod = this.group.recentPods().get(subject.name);
		return (pod != null) ? PodGroup.restarts(pod) : 0;
	}

	/** Every other pod, and then the rest: those that are let alone are the witnesses. */
	private void breakOnPurpose() {
		say("breaking probes on purpose");
		Set<Kind> kinds = this.cells.stream().map(Cell::kind).collect(Collectors.toSet());
		Breaking breaking = new Breaking(this.lab, this.group, this.subjects);
		List<SubjectPod> all = well();
		for (int turn : new int[] { 0, 1 }) {
			List<SubjectPod> broken = new ArrayList<>();
			for (int i = turn; i < all.size(); i += 2) {
				broken.add(all.get(i));
			}
			if (kinds.contains(Kind.READINESS)) {
				breaking.readiness(broken);
			}
			if (kinds.contains(Kind.LIVENESS) || kinds.contains(Kind.STARTUP)) {
				breaking.liveness(broken);
				awaitReady(broken);
				breaking.startupOf(broken);
			}
		}
	}

	private void release() {
		say("removing the policies");
		this.policies.remove();
		this.subjects.forEach((subject) -> subject.mark(What.POLICY_REMOVED));
		measureUntilAsExpected(Phase.AFTER,
				this.subjects.stream().filter((subject) -> subject.problem == null).toList(), SubjectPod::target);
	}

	private void say(String phase) {
		this.progress.say(this.policy.label() + "/" + this.order.label(), phase);
	}

	/** What controls are tried to and from in a subject's place. */
	@FunctionalInterface
	private interface Place {

		Target of(SubjectPod subject);

	}

}

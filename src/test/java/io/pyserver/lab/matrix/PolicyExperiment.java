package io.pyserver.lab.matrix;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Manifest;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.cluster.Turns;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All cells of one policy and one order: a namespace with a pod for each mechanism, which
 * has probes of all kinds.
 */
final class PolicyExperiment {

	/** For what comes later than it should, before it is taken for missing. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** The last controls of the watch begin so long before its end. */
	private static final Duration LAST_ROUND = Duration.ofSeconds(4);

	/** Others may start pods when these are ready, or after so long. */
	private static final Duration HEAD_START = Duration.ofSeconds(10);

	private static final Duration ONE_LOOK = Duration.ofSeconds(1);

	private final Lab lab;

	private final List<Cell> cells;

	private final Policy policy;

	private final Order order;

	private final PodGroup group;

	private final AppliedPolicies policies;

	private final List<SubjectPod> subjects;

	private final Rounds rounds;

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
		this.rounds = new Rounds(lab, this.policy, this.order);
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
	 * @param turn ends when the policies go: what is left to do is light
	 */
	List<CellEvidence> run(Turns.Turn turn) {
		try (turn) {
			orSayWhy(this::underPolicies);
		}
		orSayWhy(this::release);
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

	private void orSayWhy(Runnable step) {
		try {
			step.run();
		}
		catch (RuntimeException ex) {
			this.subjects.stream()
				.filter((subject) -> subject.problem == null)
				.forEach((subject) -> subject.problem = oneLine(ex));
		}
	}

	private static String oneLine(RuntimeException ex) {
		return LabException.oneLine(
				(ex instanceof LabException || ex instanceof IllegalStateException) ? ex.getMessage() : ex.toString());
	}

	private void underPolicies() {
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
	}

	private void start() {
		say("deploying");
		this.group.apply("namespace", List.of(Manifest.namespace(this.lab.cluster(), purpose(), "restricted")));
		if (this.order == Order.POLICY_FIRST) {
			this.rounds.untilAsExpected(Phase.BEFORE, well(),
					(subject) -> this.lab.surroundings().standIn(subject.node));
			applyPolicies();
		}
		awaitReady(this.subjects, startPods());
		if (this.order == Order.POD_FIRST) {
			this.rounds.untilAsExpected(Phase.BEFORE, well(), SubjectPod::target);
			applyPolicies();
		}
	}

	/** Says since when. */
	private Instant startPods() {
		List<JsonNode> pods = this.subjects.stream()
			.map((subject) -> this.lab.shipped()
				.on(this.lab.cluster(), this.group.namespace(), subject.name, subject.node, subject.mechanism,
						this.lab.settings()))
			.map(this.lab.sabotage()::pod)
			.toList();
		try (Turns.Turn _ = this.lab.cluster().starts().take()) {
			this.group.apply("pods", pods);
			Instant since = Instant.now();
			this.group.awaitReadyOrSayWho(HEAD_START, names(this.subjects));
			return since;
		}
	}

	private static List<String> names(List<SubjectPod> subjects) {
		return subjects.stream().map((subject) -> subject.name).toList();
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

	private void awaitReady(List<SubjectPod> awaited, Instant since) {
		Duration limit = this.lab.settings().ready().minus(Duration.between(since, Instant.now()));
		Set<String> late = this.group.awaitReadyOrSayWho(limit.isPositive() ? limit : ONE_LOOK, names(awaited));
		Map<String, JsonNode> pods = this.group.pods();
		KubeletEvents events = this.group.events();
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
		boolean settled = this.rounds.untilAsExpected(Phase.SETTLING, well(), SubjectPod::target);
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

	/** Until the log shows a probe of each kind after the time to watch. */
	private void watch() {
		say("enforced, watching");
		LabSettings settings = this.lab.settings();
		KubeletEvents before = this.group.events();
		List<SubjectPod> watched = well();
		try (Sabotage.Ongoing _ = this.lab.sabotage().start(watched.stream().map(SubjectPod::target).toList())) {
			Duration untilLastRound = settings.watch().minus(LAST_ROUND);
			awaitProbes(watched, untilLastRound, untilLastRound);
			this.rounds.whileWatched(watched);
			if (!awaitProbes(watched, settings.watch(), Duration.ZERO)) {
				// Their lines in the log show how long no probe has come.
				this.rounds.whileWatched(watched);
			}
		}
		// Before anything else is asked of the pods.
		KubeletEvents events = this.group.events().since(before);
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

	/** Whether the log shows probes of both kinds after so long a time. */
	private boolean awaitProbes(List<SubjectPod> watched, Duration watch, Duration notBefore) {
		return Condition.holdsWithin(notBefore.plus(PATIENCE), notBefore, () -> {
			Map<String, List<LogLine>> logs = this.group.logs();
			return watched.stream()
				.allMatch((subject) -> subject.isSeenFor(watch, subject.logIn(logs)) || restarts(subject) > 0);
		});
	}

	private int restarts(SubjectPod subject) {
		JsonNode pod = this.group.recentPods().get(subject.name);
		return (pod != null) ? PodGroup.restarts(pod) : 0;
	}

	/**
	 * One half of the pods and then the other one: those that are let alone are the
	 * witnesses. Readiness of a half is put right while liveness of the other one is
	 * broken, and must not make it restart; one half starts again while the other one is
	 * broken, and must not do so twice.
	 */
	private void breakOnPurpose() {
		say("breaking probes on purpose");
		Breaking breaking = new Breaking(this.lab, this.group, this.subjects);
		List<SubjectPod> broken = well();
		List<SubjectPod> oneHalf = everyOther(broken, 1);
		List<SubjectPod> otherHalf = everyOther(broken, 0);
		if (asksFor(Kind.READINESS)) {
			BrokenReadiness one = new BrokenReadiness(breaking, oneHalf);
			one.mend();
			BrokenReadiness other = new BrokenReadiness(breaking, otherHalf);
			one.confirm();
			other.mend();
			breakLiveness(breaking, oneHalf);
			other.confirm();
		}
		else {
			breakLiveness(breaking, oneHalf);
		}
		breakLiveness(breaking, otherHalf);
		if (asksForRestarts()) {
			awaitReady(broken, Instant.now());
			breaking.startupOf(broken);
		}
	}

	private static List<SubjectPod> everyOther(List<SubjectPod> all, int first) {
		return IntStream.iterate(first, (i) -> i < all.size(), (i) -> i + 2).mapToObj(all::get).toList();
	}

	private void breakLiveness(Breaking breaking, List<SubjectPod> broken) {
		if (asksForRestarts()) {
			breaking.liveness(broken);
		}
	}

	private boolean asksForRestarts() {
		return asksFor(Kind.LIVENESS) || asksFor(Kind.STARTUP);
	}

	private boolean asksFor(Kind kind) {
		return this.cells.stream().anyMatch((cell) -> cell.kind() == kind);
	}

	private void release() {
		say("removing the policies");
		this.policies.remove();
		this.subjects.forEach((subject) -> subject.mark(What.POLICY_REMOVED));
		this.rounds.untilAsExpected(Phase.AFTER,
				this.subjects.stream().filter((subject) -> subject.problem == null).toList(), SubjectPod::target);
	}

	private void say(String phase) {
		this.progress.say(this.policy.label() + "/" + this.order.label(), phase);
	}

}

package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Reach;
import org.jspecify.annotations.Nullable;

/**
 * A pod under test, and what has been seen of it so far. Its probes are all of one
 * mechanism.
 */
final class SubjectPod {

	final Mechanism mechanism;

	final String name;

	final String node;

	final Map<Control, List<Attempt>> attempts = new EnumMap<>(Control.class);

	final List<Mark> marks = new ArrayList<>();

	final Map<Kind, Causality> causality = new EnumMap<>(Kind.class);

	private final Map<Kind, KubeletEvents> said = new EnumMap<>(Kind.class);

	private final PodGroup group;

	private final Shell companion;

	private final Set<LogLine> logged = new HashSet<>();

	@Nullable Pod created;

	Instant enforced = Instant.MAX;

	@Nullable Watched watched;

	int restarts;

	boolean brokenOnPurpose;

	/** It listens, and its node does not find it well. */
	boolean failing;

	@Nullable String problem;

	/**
	 * A pod of a group.
	 * @param companion another pod of the group, which tries to reach this one
	 */
	SubjectPod(PodGroup group, String name, String node, Mechanism mechanism, String companion) {
		this.group = group;
		this.name = name;
		this.node = node;
		this.mechanism = mechanism;
		this.companion = group.shell(companion);
	}

	Target target() {
		return new Target(this.node, ip(), shell(), this.companion);
	}

	String ip() {
		return (this.created != null && this.created.getStatus().getPodIP() != null)
				? this.created.getStatus().getPodIP() : "";
	}

	Shell shell() {
		return this.group.shell(this.name);
	}

	Operator operator() {
		return new Operator(shell());
	}

	/** Nothing was seen yet that makes more of it pointless. */
	boolean isWell() {
		return this.problem == null && this.restarts == 0;
	}

	void mark(What what) {
		mark(what, Instant.now());
	}

	void mark(What what, Instant at) {
		this.marks.add(new Mark(at, what));
	}

	/** It is ready, since the moment that its watch says. */
	void markReady() {
		mark(What.READY, this.group.states(this.name).getLast().since());
	}

	void note(Phase phase, Map<Control, Reach> reached) {
		Instant now = Instant.now();
		reached.forEach((control, reach) -> this.attempts.computeIfAbsent(control, (_) -> new ArrayList<>())
			.add(new Attempt(phase, now, reach)));
	}

	/**
	 * The controls are as they have to be: the last ones are the first of the watch.
	 * @param logged when the pod logged its last request before that
	 */
	void settled(Instant logged) {
		this.attempts.values().forEach((tried) -> {
			Attempt last = tried.getLast();
			tried.add(new Attempt(Phase.DURING, last.at(), last.reach()));
		});
		mark(What.ENFORCED);
		this.enforced = logged.isAfter(createdAt()) ? logged : createdAt();
	}

	Instant createdAt() {
		return Instant.parse(Objects.requireNonNull(this.created).getMetadata().getCreationTimestamp());
	}

	/** Whether the log shows probes of both kinds after the time to watch. */
	boolean isSeenFor(Duration watch, ProbeLog log) {
		return Stream.of(Kind.LIVENESS, Kind.READINESS)
			.map((kind) -> log.probes(this.mechanism, kind))
			.allMatch((probes) -> !probes.isEmpty() && probes.getLast().at().isAfter(this.enforced.plus(watch)));
	}

	/** Controls can be tried from it and to it. */
	boolean isRunning() {
		return !ip().isEmpty() && (isWell() || this.failing);
	}

	/** Ends it early, unless something else has. */
	void stop(String reason) {
		if (this.problem == null) {
			this.problem = LabException.oneLine(reason);
		}
	}

	/**
	 * It is not ready, which is held against all kinds: where its kubelet says nothing of
	 * one, perhaps as it has said all it is allowed to, by what it said of the others.
	 * @param silence what its kubelet said before that cannot have been asked for
	 * @param otherwise what to say of it where it does not even listen
	 */
	void notReady(Readiness.NotReady late, KubeletEvents silence, String otherwise) {
		this.failing = late.listens();
		stop(late.listens() ? "it listened, and its node did not find it ready" : otherwise);
		for (Kind kind : Kind.values()) {
			holdAgainst(kind,
					Stream.of(silence.unhealthy(kind), late.said().unhealthy(kind), late.said())
						.filter((words) -> !words.events().isEmpty())
						.findFirst()
						.orElse(silence));
		}
	}

	/**
	 * What its kubelet said of failed probes with nothing broken on purpose; later words
	 * take the place of earlier ones.
	 */
	void holdAgainst(Kind kind, KubeletEvents events) {
		this.said.put(kind, events);
	}

	/** More than one answer was late, or it was started again. */
	boolean isTroubled() {
		return this.restarts > 0 || Arrays.stream(Kind.values()).anyMatch((kind) -> harm(kind).unhealthy().size() > 1);
	}

	Harm harm(Kind kind) {
		KubeletEvents events = this.said.getOrDefault(kind, KubeletEvents.NONE);
		return new Harm(this.restarts, events.messages(), events.first());
	}

	/** Its own part of the logs of its group, which it remembers. */
	ProbeLog logIn(Map<String, List<LogLine>> logs) {
		List<LogLine> lines = logs.getOrDefault(this.name, List.of());
		this.logged.addAll(lines);
		return new ProbeLog(lines, ip());
	}

	/** All that was seen of its logs, also of containers that are gone. */
	ProbeLog wholeLog() {
		return new ProbeLog(this.logged.stream().sorted(Comparator.comparing(LogLine::time)).toList(), ip());
	}

	/**
	 * Looks once more at the container before the running one, for what it logged last.
	 * The kubelet may have removed it by now.
	 */
	void rememberPreviousLog() {
		this.logged.addAll(LogLine.parseAll(this.group.printedBefore(this.name)));
	}

	/** Makes what a probe asks for fail, or work again. */
	void turn(Kind kind, String state) {
		operator().set(kind, "{\"state\":\"" + state + "\"}")
			.orThrow("Setting " + kind.label() + " of " + this.name + " to " + state);
	}

}

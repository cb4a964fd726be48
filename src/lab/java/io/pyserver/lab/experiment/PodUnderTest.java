package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.experiment.Round.Endpoint;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence.Origin;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts.Source;
import io.pyserver.lab.experiment.ProbeRecorder.Readings;

/**
 * A pod whose probes an experiment tests: where it runs, how to reach it, and what its
 * cluster and its log say about it. The steps of the experiment record their observations
 * in {@link #seen()}.
 */
public final class PodUnderTest {

	/**
	 * The least number of failed probes that cause a restart. A single probe may fail
	 * because the container has just ended.
	 */
	private static final long FAILURES_BEFORE_RESTART = 2;

	private final PodGroup group;

	private final String name;

	private final Node node;

	private final Mechanism mechanism;

	private final Duration period;

	private final Shell companion;

	private final Map<Kind, Readings> probes = new ConcurrentHashMap<>();

	private final ObservationBuilder seen = new ObservationBuilder(this);

	private final ProbeLog log = new ProbeLog(this);

	/**
	 * Describes a pod that exists or will be created.
	 * @param mechanism the mechanism of all its probes
	 * @param companion a shell in another pod of the group, from which controls start.
	 * Pods that share it need one command for a round
	 */
	PodUnderTest(PodGroup group, String name, Node node, Mechanism mechanism, LabSettings settings, Shell companion) {
		this.group = group;
		this.name = name;
		this.node = node;
		this.mechanism = mechanism;
		this.period = settings.period(mechanism);
		this.companion = companion;
	}

	public String name() {
		return this.name;
	}

	PodGroup group() {
		return this.group;
	}

	public Node node() {
		return this.node;
	}

	Mechanism mechanism() {
		return this.mechanism;
	}

	Duration period() {
		return this.period;
	}

	public Endpoint endpoint() {
		return new Endpoint(this.node.name(), ip(), this.group.shell(this.name), this.companion);
	}

	public OperatorEndpoints operatorEndpoints() {
		return new OperatorEndpoints(this.group.shell(this.name));
	}

	/** Its latest address, even if the pod is gone; empty before it has one. */
	String ip() {
		return states().stream().map(PodState::ip).filter((ip) -> !ip.isEmpty()).reduce("", (_, latest) -> latest);
	}

	/** All its states so far, in the order of time. */
	List<PodState> states() {
		return this.group.states(this.name);
	}

	boolean isReady() {
		return states().getLast().ready();
	}

	/** The restarts of its container since the policies were applied, in their order. */
	List<Restart> restarts() {
		Instant since = Objects.requireNonNullElse(this.seen.at(What.POLICY_APPLIED), Instant.EPOCH);
		List<PodState> states = states();
		List<Restart> restarts = new ArrayList<>();
		for (int i = 1; i < states.size(); i++) {
			int times = states.get(i).restarts() - states.get(i - 1).restarts();
			if (times > 0 && states.get(i).since().isAfter(since)) {
				restarts.addAll(Collections.nCopies(times, restart(states.subList(i, states.size()))));
			}
		}
		return restarts;
	}

	/** The restart that led to the first of these states. All later states follow it. */
	private Restart restart(List<PodState> states) {
		Instant again = states.getFirst().since();
		Instant ready = states.stream().filter(PodState::ready).map(PodState::since).findFirst().orElse(null);
		PodState.End end = Objects.requireNonNullElse(states.getFirst().lastEnd(),
				new PodState.End(again, "for no known reason"));
		return new Restart(end.at(), again, ready, end.reason(), !end.isOutOfMemory() && isByProbe(again));
	}

	/** Counts failures up to the first reading after the restart. */
	private boolean isByProbe(Instant again) {
		List<ProbeCount> counts = probes(Kind.LIVENESS).counts();
		Instant from = again.minus(noticedWithin(this.period));
		Instant to = counts.stream().map(ProbeCount::at).filter(again::isBefore).findFirst().orElse(Instant.MAX);
		return ProbeCount.steps(counts)
			.stream()
			.filter((step) -> step.at().isAfter(from) && !step.at().isAfter(to))
			.mapToLong(ProbeCount::failed)
			.sum() >= FAILURES_BEFORE_RESTART;
	}

	/** How long it was not ready between two moments, apart from restarts. */
	Duration outOfService(Instant from, Instant to) {
		List<PodState> states = states();
		Duration sum = Duration.ZERO;
		for (int i = 1; i < states.size(); i++) {
			PodState state = states.get(i);
			Instant begin = Collections.max(List.of(state.since(), from));
			Instant next = (i + 1 < states.size()) ? states.get(i + 1).since() : to;
			Instant end = Collections.min(List.of(next, to));
			if (!state.ready() && state.restarts() == states.get(i - 1).restarts() && end.isAfter(begin)) {
				sum = sum.plus(Duration.between(begin, end));
			}
		}
		return sum;
	}

	/**
	 * How long a kubelet may take to notice a failing probe of this period, and to act.
	 */
	static Duration noticedWithin(Duration period) {
		return Limits.ALL.restarted().plus(period.multipliedBy(Readiness.FAILURES));
	}

	KubeletEvents events() {
		return this.group.events().of(this.name);
	}

	Readings probes(Kind kind) {
		return this.probes.computeIfAbsent(kind, (_) -> new Readings());
	}

	Source countedBy() {
		return this.group.cluster().run().metrics().refusal(this.node.name()).isEmpty() ? Source.KUBELET
				: Source.LOG_AND_EVENTS;
	}

	/** What the steps of the experiment have observed of it so far. */
	ObservationBuilder seen() {
		return this.seen;
	}

	ProbeLog log() {
		return this.log;
	}

	/** Waits for a probe of a kind in its log, and returns where it came from. */
	public Set<Origin> awaitProbes(Kind kind) {
		Set<Origin> origins = new HashSet<>();
		Condition.holdsWithin(Limits.ALL.restarted(), () -> {
			this.log.read();
			this.log.probes(this.mechanism, kind)
				.forEach((probe) -> origins.add(Origin.of(probe, this.log.nodeAddresses())));
			return !origins.isEmpty();
		});
		return origins;
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * The service's endpoints for operators, called from inside the pod, where policies
	 * have no effect. A command takes 20 seconds at most.
	 */
	public record OperatorEndpoints(Shell pod) {

		private static final Duration LIMIT = Duration.ofSeconds(20);

		/**
		 * Sets how the service answers a kind of probe.
		 * @param body JSON, as docs/service.md describes it
		 * @throws IllegalStateException if the service does not accept it
		 */
		public void set(Kind kind, String body) {
			this.pod
				.run(Fetch.wgetWithin(LIMIT, "http://127.0.0.1:8081/actuator/" + kind.label(), "--header",
						"Content-Type: application/json", "--post-data", body))
				.orThrow("Setting %s in %s to %s".formatted(kind.label(), this.pod, body));
		}

		public void breakProbe(Kind kind) {
			set(kind, "{\"state\":\"broken\"}");
		}

		void repairProbe(Kind kind) {
			set(kind, "{\"state\":\"correct\"}");
		}

	}

}

package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.controls.Round.Endpoint;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence.Origin;
import io.pyserver.lab.evidence.ProbeCounts.Source;

/**
 * A pod whose probes an experiment tests: where it runs, how to reach it, and what its
 * cluster and its log say about it. The steps of the experiment record their observations
 * in {@link #seen()}.
 */
public final class PodUnderTest {

	private final PodGroup group;

	private final String name;

	private final Node node;

	private final Mechanism mechanism;

	private final Duration period;

	private final Shell companion;

	private final Map<Kind, ProbeReadings> probes = new ConcurrentHashMap<>();

	private final ObservationBuilder seen = new ObservationBuilder(this);

	/** The lines that were read from the log. A restarted container has a new log. */
	private final Set<LogLine> logged = ConcurrentHashMap.newKeySet();

	private final Set<String> nodeAddresses = ConcurrentHashMap.newKeySet();

	/**
	 * Describes a pod that exists or will be created.
	 * @param mechanism the mechanism of all its probes
	 * @param period the period of its probes
	 * @param companion a shell in another pod of the group, from which controls start
	 */
	PodUnderTest(PodGroup group, String name, String node, Mechanism mechanism, Duration period, Shell companion) {
		this.group = group;
		this.name = name;
		this.node = group.cluster().node(node);
		this.mechanism = mechanism;
		this.period = period;
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

	/** The pod as an endpoint of controls. */
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

	/** The restarts of its container since the policies were applied. */
	List<Restart> restarts() {
		return new ContainerHistory(states()).restarts(
				Objects.requireNonNullElse(this.seen.at(What.POLICY_APPLIED), Instant.EPOCH),
				probes(Kind.LIVENESS).counts(), noticedWithin(this.period));
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

	ProbeReadings probes(Kind kind) {
		return this.probes.computeIfAbsent(kind, (_) -> new ProbeReadings());
	}

	/** Who counts its probes. */
	Source countedBy() {
		return this.group.cluster().run().metrics().refusal(this.node.name()).isEmpty() ? Source.KUBELET
				: Source.LOG_AND_EVENTS;
	}

	/** What the steps of the experiment have observed of it so far. */
	ObservationBuilder seen() {
		return this.seen;
	}

	String printed() {
		return this.group.printed(this.name);
	}

	/** Reads its log. If the log cannot be read now, a later call may succeed. */
	void readLog() {
		tryToRead(() -> this.logged.addAll(LogLine.parseAll(printed())));
	}

	/**
	 * Reads again what may have changed: its log, the log of the container before a
	 * restart, and the addresses of its node.
	 */
	void readAgain() {
		readLog();
		if (this.seen.wasRestarted()) {
			tryToRead(() -> this.logged.addAll(LogLine.parseAll(this.group.printedBefore(this.name))));
		}
		if (!this.nodeAddresses.isEmpty() || this.node.canRunCommands()) {
			tryToRead(this::findNodeAddresses);
		}
	}

	private static void tryToRead(Runnable reading) {
		try {
			reading.run();
		}
		catch (IllegalStateException ex) {
			// The verdict names the evidence that is missing.
		}
	}

	/**
	 * The lines of its log that were read so far.
	 * @throws IllegalStateException if the addresses of its node are not known and cannot
	 * be found now
	 */
	ProbeLog log() {
		if (this.nodeAddresses.isEmpty()) {
			findNodeAddresses();
		}
		return new ProbeLog(this.logged.stream().sorted(Comparator.comparing(LogLine::time)).toList(), ip(),
				nodeAddresses());
	}

	/** Waits for a probe of a kind in its log, and returns where it came from. */
	public Set<Origin> awaitProbes(Kind kind) {
		Set<Origin> origins = new HashSet<>();
		Condition.holdsWithin(Limits.ALL.restarted(), () -> {
			readLog();
			log().probes(this.mechanism, kind).forEach((probe) -> origins.add(Origin.of(probe, nodeAddresses())));
			return !origins.isEmpty();
		});
		return origins;
	}

	Set<String> nodeAddresses() {
		return Set.copyOf(this.nodeAddresses);
	}

	/**
	 * Adds the addresses that its node has now. Earlier addresses stay, because a probe
	 * may have come from one of them. If the lab cannot run commands on the node, it uses
	 * the addresses of the API server and of the pod's routes.
	 */
	private void findNodeAddresses() {
		if (this.node.canRunCommands()) {
			this.nodeAddresses.addAll(this.node.addresses());
			return;
		}
		Set<String> found = operatorEndpoints().gateways();
		Stream.ofNullable(this.group.cluster().client().nodes().withName(this.node.name()).get())
			.flatMap((known) -> known.getStatus().getAddresses().stream())
			.forEach((address) -> found.add(address.getAddress()));
		this.nodeAddresses.addAll(found);
	}

	@Override
	public String toString() {
		return this.name;
	}

}

package io.pyserver.lab.experiment;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence.Origin;

/**
 * A pod whose probes are asked about: where it is, how to get into it, and what its
 * cluster and its log say of it. What the steps of an experiment saw of it is in
 * {@link #seen()}.
 */
public final class PodUnderTest {

	private final PodGroup group;

	private final String name;

	private final Node node;

	private final Mechanism mechanism;

	private final Shell companion;

	private final ProbeReadings probes = new ProbeReadings();

	private final ObservationBuilder seen = new ObservationBuilder(this);

	/** Also of containers that are gone: one that is started again begins a new log. */
	private final Set<LogLine> logged = ConcurrentHashMap.newKeySet();

	private final Set<String> nodeAddresses = ConcurrentHashMap.newKeySet();

	/**
	 * A pod that is there or will be.
	 * @param mechanism that of all its probes
	 * @param companion inside another pod of the group, which tries to reach this one
	 */
	PodUnderTest(PodGroup group, String name, String node, Mechanism mechanism, Shell companion) {
		this.group = group;
		this.name = name;
		this.node = group.cluster().node(node);
		this.mechanism = mechanism;
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

	/** What controls are tried to and from. */
	public Endpoint endpoint() {
		return new Endpoint(this.node.name(), ip(), shell(), this.companion);
	}

	public Operator operator() {
		return new Operator(shell());
	}

	Shell shell() {
		return this.group.shell(this.name);
	}

	/** Its address, also after it is gone; empty before it has one. */
	String ip() {
		return states().stream().map(PodState::ip).filter((ip) -> !ip.isEmpty()).reduce("", (_, latest) -> latest);
	}

	/** All that it has been so far, in the order of time. */
	List<PodState> states() {
		return this.group.states(this.name);
	}

	boolean isReady() {
		return states().getLast().ready();
	}

	/** What its kubelet has said of it so far. */
	KubeletEvents events() {
		return this.group.events().of(this.name);
	}

	ProbeReadings probes() {
		return this.probes;
	}

	/** What the steps saw of it so far. */
	ObservationBuilder seen() {
		return this.seen;
	}

	/** What its running container has printed. */
	String printed() {
		return this.group.printed(this.name);
	}

	/** Reads its log; what cannot be read now may be another time. */
	void readLog() {
		remember(this::printed);
	}

	/**
	 * Reads what may have changed at the end: its log, what the container before the
	 * running one logged last, unless the kubelet has removed it, and the addresses of
	 * its node.
	 */
	void readAgain() {
		readLog();
		if (this.seen.wasStartedAgain()) {
			remember(() -> this.group.printedBefore(this.name));
		}
		refreshNodeAddresses();
	}

	private void remember(Supplier<String> printed) {
		try {
			this.logged.addAll(LogLine.parseAll(printed.get()));
		}
		catch (IllegalStateException ex) {
			// Of probes that are in no log it is not known where they came from.
		}
	}

	/**
	 * All that was read of its log.
	 * @throws IllegalStateException when its node's addresses cannot be had yet
	 */
	ProbeLog log() {
		if (this.nodeAddresses.isEmpty()) {
			this.nodeAddresses.addAll(askForAddresses());
		}
		return new ProbeLog(this.logged.stream().sorted(Comparator.comparing(LogLine::time)).toList(), ip(),
				nodeAddresses());
	}

	/** Where its probes of a kind came from, once its log has one. */
	public Set<Origin> awaitProbes(Kind kind) {
		Set<Origin> origins = new HashSet<>();
		Condition.holdsWithin(Limits.ALL.restarted(), () -> {
			readLog();
			log().probes(this.mechanism, kind).forEach((probe) -> origins.add(Origin.of(probe, nodeAddresses())));
			return !origins.isEmpty();
		});
		return origins;
	}

	/** Every address that its node holds, as far as it is known. */
	Set<String> nodeAddresses() {
		return Set.copyOf(this.nodeAddresses);
	}

	/**
	 * Asks again, as a node may have got another address since it was looked at. What was
	 * known stays: a probe may have come from an address that is gone by now, and a node
	 * may not answer.
	 */
	private void refreshNodeAddresses() {
		if (this.nodeAddresses.isEmpty() && !this.node.hasWayIn()) {
			return;
		}
		try {
			this.nodeAddresses.addAll(askForAddresses());
		}
		catch (IllegalStateException ex) {
			// What was known is what there is.
		}
	}

	/**
	 * Where nobody can look from the node, the pod knows one more than the API server.
	 */
	private Set<String> askForAddresses() {
		if (this.node.hasWayIn()) {
			return this.node.addresses();
		}
		Set<String> addresses = new HashSet<>(operator().gateways());
		Stream.ofNullable(this.group.cluster().client().nodes().withName(this.node.name()).get())
			.flatMap((known) -> known.getStatus().getAddresses().stream())
			.forEach((address) -> addresses.add(address.getAddress()));
		return addresses;
	}

	@Override
	public String toString() {
		return this.name;
	}

}

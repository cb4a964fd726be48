package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence.Origin;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * A pod's access log as far as it was read, and the probes in it. A request that claims
 * to be a probe is one if it came from the pod's node. The lab knows all addresses of the
 * node, and the service knows only some. If these addresses are not known and cannot be
 * found, each question about the log throws an {@link IllegalStateException}.
 */
final class ProbeLog {

	private static final String GRPC = ShippedPod.request(Mechanism.GRPC, Kind.LIVENESS);

	private static final Pattern GATEWAY = Pattern.compile("default via ([0-9a-f.:]+)");

	private final PodUnderTest pod;

	/** The lines that were read. A restarted container has a new log. */
	private final Set<LogLine> lines = ConcurrentHashMap.newKeySet();

	private final Set<String> nodeAddresses = ConcurrentHashMap.newKeySet();

	/** Reads nothing yet. */
	ProbeLog(PodUnderTest pod) {
		this.pod = pod;
	}

	/**
	 * Reads the log, and tries again if it cannot be read. If it still cannot be read, a
	 * later call may succeed.
	 */
	void read() {
		Condition.holdsWithin(Limits.ALL.request(), this::readOnce);
	}

	private boolean readOnce() {
		return tryToRead(() -> add(this.pod.group().printed(this.pod.name())));
	}

	/**
	 * Reads again what may have changed: the log, the log of the container before a
	 * restart, and the addresses of the node.
	 */
	void readAgain() {
		readOnce();
		if (this.pod.seen().wasRestarted()) {
			tryToRead(() -> add(this.pod.group().printedBefore(this.pod.name())));
		}
		if (!this.nodeAddresses.isEmpty() || this.pod.node().canRunCommands()) {
			tryToRead(this::findNodeAddresses);
		}
	}

	private static boolean tryToRead(Runnable reading) {
		try {
			reading.run();
			return true;
		}
		catch (IllegalStateException ex) {
			// The verdict names the evidence that is missing.
			return false;
		}
	}

	/** Adds what a container has printed. */
	void add(String printed) {
		this.lines.addAll(LogLine.parseAll(printed));
	}

	/** The lines so far, in the order of time. */
	private List<LogLine> lines() {
		if (this.nodeAddresses.isEmpty()) {
			findNodeAddresses();
		}
		return this.lines.stream().sorted(Comparator.comparing(LogLine::time)).toList();
	}

	/** All addresses of the pod's node that were found so far. */
	Set<String> nodeAddresses() {
		return Set.copyOf(this.nodeAddresses);
	}

	/**
	 * Adds the addresses that the node has now. Earlier addresses stay, because a probe
	 * may have come from one of them. If the lab cannot run commands on the node, it uses
	 * the addresses of the API server and of the pod's routes.
	 */
	private void findNodeAddresses() {
		Node node = this.pod.node();
		if (node.canRunCommands()) {
			this.nodeAddresses.addAll(node.addresses());
			return;
		}
		PodGroup group = this.pod.group();
		String routes = group.shell(this.pod.name()).run("sh", "-c", "ip route; ip -6 route").stdout();
		Set<String> found = GATEWAY.matcher(routes)
			.results()
			.map((route) -> route.group(1))
			.collect(Collectors.toSet());
		Stream.ofNullable(group.cluster().client().nodes().withName(node.name()).get())
			.flatMap((known) -> known.getStatus().getAddresses().stream())
			.forEach((address) -> found.add(address.getAddress()));
		this.nodeAddresses.addAll(found);
	}

	/** All probes of a kind. */
	List<SeenProbe> probes(Mechanism mechanism, Kind kind) {
		return lines().stream().filter((line) -> isProbe(line, mechanism, kind)).map(this::seen).toList();
	}

	/**
	 * The requests after a moment that claimed to be probes and were not. A request
	 * without an address does not count: its client was gone before the service could
	 * read the address.
	 */
	List<SeenProbe> claimed(Instant since) {
		return lines().stream()
			.filter((line) -> line.claimed() && !line.source().isEmpty() && line.time().isAfter(since))
			.filter((line) -> !isFromNode(line))
			.map(this::seen)
			.toList();
	}

	/** When the last request was logged. */
	Instant latest() {
		return lines().stream().map(LogLine::time).reduce(Instant.EPOCH, (_, last) -> last);
	}

	/**
	 * Whether a line is a probe. The line names the kind of a probe that the service
	 * recognized. A claimed request is a probe if it came from the node. Its path tells
	 * the kind, except with gRPC. The service does not recognize exec probes, because
	 * they come from inside the pod.
	 */
	private boolean isProbe(LogLine line, Mechanism mechanism, Kind kind) {
		boolean known = (mechanism == Mechanism.EXEC) ? !line.claimed()
				: line.claimed() ? isFromNode(line) : line.probe().equals(kind.label());
		return known && line.request().equals(ShippedPod.request(mechanism, kind));
	}

	private boolean isFromNode(LogLine line) {
		return Origin.of(seen(line), this.nodeAddresses) == Origin.OWN_NODE;
	}

	/**
	 * A gRPC probe counts as answered with any HTTP status. The status is not 200 if the
	 * caller did not wait for the answer. The kubelet counts that as a failure.
	 */
	private SeenProbe seen(LogLine line) {
		return new SeenProbe(line.time(), line.source(), line.status() == 200 || line.request().equals(GRPC),
				line.caller().equals("loopback") || line.source().equals(this.pod.ip()));
	}

}

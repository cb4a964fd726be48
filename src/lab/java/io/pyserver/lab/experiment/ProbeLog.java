package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence.Origin;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * The probes in a pod's access log. A request that claims to be a probe is one if it came
 * from the pod's node. The lab knows all addresses of the node, and the service knows
 * only some.
 *
 * @param lines the lines of the log, in the order of time
 * @param podIp the pod's own address
 * @param nodeAddresses all addresses of its node
 */
record ProbeLog(List<LogLine> lines, String podIp, Set<String> nodeAddresses) {

	private static final String GRPC = ShippedPod.request(Mechanism.GRPC, Kind.LIVENESS);

	/** All probes of a kind. */
	List<SeenProbe> probes(Mechanism mechanism, Kind kind) {
		return this.lines.stream().filter((line) -> isProbe(line, mechanism, kind)).map(this::seen).toList();
	}

	/**
	 * The requests after a moment that claimed to be probes and were not. A request
	 * without an address does not count: its client was gone before the service could
	 * read the address.
	 */
	List<SeenProbe> claimed(Instant since) {
		return this.lines.stream()
			.filter((line) -> line.claimed() && !line.source().isEmpty() && line.time().isAfter(since))
			.filter((line) -> !isFromNode(line))
			.map(this::seen)
			.toList();
	}

	/** When the last request was logged. */
	Instant latest() {
		return this.lines.isEmpty() ? Instant.EPOCH : this.lines.getLast().time();
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
				line.caller().equals("loopback") || line.source().equals(this.podIp));
	}

}

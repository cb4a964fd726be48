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
 * The probes in a pod's access log. The service knows some addresses of its node; the lab
 * knows all of them, and takes for a probe what calls itself one and comes from there.
 *
 * @param lines in the order of time
 * @param podIp the pod's own address
 * @param nodeAddresses those that its node holds
 */
record ProbeLog(List<LogLine> lines, String podIp, Set<String> nodeAddresses) {

	/** The probes of a kind. */
	List<SeenProbe> probes(Mechanism mechanism, Kind kind) {
		return this.lines.stream().filter((line) -> is(line, mechanism, kind)).map(this::seen).toList();
	}

	/**
	 * What said after a point in time that it was a probe, and is none. Where the client
	 * was gone before it could be asked for its address, nobody knows.
	 */
	List<SeenProbe> claimed(Instant since) {
		return this.lines.stream()
			.filter((line) -> line.claimed() && !line.source().isEmpty() && line.time().isAfter(since))
			.map(this::seen)
			.filter((probe) -> Origin.of(probe, this.nodeAddresses) != Origin.OWN_NODE)
			.toList();
	}

	/** When the last request of all was logged. */
	Instant latest() {
		return this.lines.isEmpty() ? Instant.EPOCH : this.lines.getLast().time();
	}

	/** One that names its kind, or one that says no more than that it is a probe. */
	private boolean is(LogLine line, Mechanism mechanism, Kind kind) {
		String request = line.request();
		if (mechanism == Mechanism.EXEC) {
			return !line.claimed() && request.equals("GET " + ShippedPod.execTarget(kind));
		}
		boolean named = line.claimed() ? Origin.of(seen(line), this.nodeAddresses) == Origin.OWN_NODE
				: line.probe().equals(kind.label());
		return named && switch (mechanism) {
			case HTTP_GET ->
				line.claimed() ? request.equals("GET " + ShippedPod.page(kind)) : request.startsWith("GET /");
			case TCP_SOCKET ->
				line.claimed() ? request.equals("TCP :" + ShippedPod.tcpPort(kind)) : request.startsWith("TCP :");
			default -> isGrpc(line);
		};
	}

	/**
	 * To HTTP each answer to its calls is a success. Another status is the server's, for
	 * a caller that waited no longer: of that the kubelet speaks.
	 */
	private static boolean isGrpc(LogLine line) {
		return line.request().startsWith("POST /grpc.health.v1.Health/Check");
	}

	private SeenProbe seen(LogLine line) {
		return new SeenProbe(line.time(), line.source(), line.status() == 200 || isGrpc(line),
				line.caller().equals("loopback") || line.source().equals(this.podIp));
	}

}

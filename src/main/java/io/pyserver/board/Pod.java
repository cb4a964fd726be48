package io.pyserver.board;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pyserver.PyserverProperties;
import io.pyserver.hello.Hostname;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.NodeRanges;
import io.pyserver.probe.NodeRanges.Reason;

/**
 * The pod that the board is about.
 *
 * @param host the pod's name
 * @param node its node's name, or null when the manifest does not set it
 * @param addresses its IP addresses
 * @param started when its process started, which identifies the process
 * @param nodeRanges the ranges that count as the node
 * @param podRanges the ranges that count as pods, in CIDR notation
 * @param failureThreshold of both probes in the manifest, or null when unknown
 * @param timeoutSeconds of both probes in the manifest, or null when unknown
 */
record Pod(String host, @Nullable String node, List<String> addresses, Instant started, List<NodeRange> nodeRanges,
		List<String> podRanges, @Nullable Integer failureThreshold, @Nullable Integer timeoutSeconds) {

	static Pod of(PyserverProperties.Board board, NodeRanges ranges, CallerResolver callers) {
		return new Pod(Hostname.current(), board.node().isBlank() ? null : board.node(), ownAddresses(),
				ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH),
				ranges.byReason()
					.entrySet()
					.stream()
					.flatMap((reason) -> reason.getValue()
						.stream()
						.map((range) -> new NodeRange(range.toString(), reason.getKey())))
					.toList(),
				callers.pods().stream().map(String::valueOf).toList(), board.failureThreshold(),
				board.timeoutSeconds());
	}

	private static List<String> ownAddresses() {
		try {
			return NetworkInterface.networkInterfaces()
				.flatMap(NetworkInterface::inetAddresses)
				.filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
				.map(InetAddress::getHostAddress)
				.map(CallerResolver::shortest)
				.toList();
		}
		catch (SocketException ex) {
			return List.of();
		}
	}

	/**
	 * Addresses that count as the node.
	 *
	 * @param range in CIDR notation
	 * @param why the source of the range
	 */
	record NodeRange(String range, Reason why) {
	}

}

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
 * Where the board is.
 *
 * @param host the pod's name
 * @param node its node's name, or null where the manifest does not say it
 * @param addresses the pod's own
 * @param started when its process was: another time is another process
 * @param nodeRanges who counts as the node, and why
 * @param podRanges who counts as a pod
 * @param failureThreshold the manifest's, of both probes, or null where it is not known
 * @param timeoutSeconds likewise
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
	 * @param why where that is known from
	 */
	record NodeRange(String range, Reason why) {
	}

}

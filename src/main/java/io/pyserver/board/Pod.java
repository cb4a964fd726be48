package io.pyserver.board;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pyserver.hello.Hostname;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.NodeRanges;

/**
 * Where the board is.
 *
 * @param host the pod's name
 * @param node its node's name, or null where the manifest does not say it
 * @param addresses the pod's own
 * @param started when, in milliseconds since 1970: another value is another process
 * @param nodeRanges who counts as the node, and why
 * @param podRanges who counts as a pod
 */
record Pod(String host, @Nullable String node, List<String> addresses, long started, List<NodeRange> nodeRanges,
		List<String> podRanges) {

	static Pod of(String node, NodeRanges ranges, CallerResolver callers) {
		return new Pod(Hostname.current(), node.isBlank() ? null : node, ownAddresses(),
				ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH).toEpochMilli(),
				ranges.byReason()
					.entrySet()
					.stream()
					.flatMap((reason) -> reason.getValue()
						.stream()
						.map((range) -> new NodeRange(range.toString(), reason.getKey().words())))
					.toList(),
				callers.pods().stream().map(String::valueOf).toList());
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
	record NodeRange(String range, String why) {
	}

}

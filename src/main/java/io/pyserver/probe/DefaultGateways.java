package io.pyserver.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the default gateways from the kernel's routing tables. Each network namespace,
 * and so each pod, has its own tables. In a pod the gateway is an address of the node,
 * such as flannel's bridge {@code cni0} or Cilium's router.
 */
final class DefaultGateways {

	/**
	 * Columns: interface, destination, gateway, four more, mask. The kernel prints
	 * addresses in the machine's byte order, which is little-endian.
	 */
	private static final Pattern IPV4 = Pattern
		.compile("\\S+\\s+0{8}\\s+(?!0{8})(..)(..)(..)(..)(?:\\s+\\S+){4}\\s+0{8}\\s.*");

	/** Columns: destination, prefix, source, prefix, next hop. */
	private static final Pattern IPV6 = Pattern
		.compile("0{32}\\s+00\\s+\\S+\\s+\\S+\\s+(?!0{32})" + "([0-9a-f]{4})".repeat(8) + "\\s.*");

	private DefaultGateways() {
	}

	/** The gateways of this process; none where the system has no such tables. */
	static List<InetAddress> current() {
		return of(lines(Path.of("/proc/net/route")), lines(Path.of("/proc/net/ipv6_route")));
	}

	/** Parses lines of {@code /proc/net/route} and {@code /proc/net/ipv6_route}. */
	static List<InetAddress> of(List<String> ipv4, List<String> ipv6) {
		return Stream
			.<InetAddress>concat(addresses(IPV4, "0x$4$3$2$1", ipv4).map(Inet4Address::ofPosixLiteral),
					addresses(IPV6, "$1:$2:$3:$4:$5:$6:$7:$8", ipv6).map(InetAddress::ofLiteral))
			.distinct()
			.toList();
	}

	private static Stream<String> addresses(Pattern route, String address, List<String> lines) {
		return lines.stream().map(route::matcher).filter(Matcher::matches).map((line) -> line.replaceFirst(address));
	}

	private static List<String> lines(Path table) {
		try {
			return Files.isReadable(table) ? Files.readAllLines(table) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(table + " cannot be read", ex);
		}
	}

}

package io.pyserver.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the default gateways from the kernel's routing tables, of which each network
 * namespace, and so each pod, has its own. In a pod the gateway is an address of the
 * node: flannel's bridge {@code cni0}, Cilium's router.
 */
final class DefaultGateways {

	private static final String ANY_IPV4 = "00000000";

	private static final String ANY_IPV6 = "0".repeat(32);

	private DefaultGateways() {
	}

	/**
	 * Those of this process.
	 * @return none where the system has no such tables
	 */
	static List<InetAddress> current() {
		return of(lines(Path.of("/proc/net/route")), lines(Path.of("/proc/net/ipv6_route")));
	}

	/**
	 * Those in the lines of {@code /proc/net/route} and {@code /proc/net/ipv6_route}.
	 */
	static List<InetAddress> of(List<String> ipv4, List<String> ipv6) {
		return Stream
			.concat(columns(ipv4, 8).flatMap(DefaultGateways::ofIpv4),
					columns(ipv6, 10).flatMap(DefaultGateways::ofIpv6))
			.distinct()
			.toList();
	}

	private static List<String> lines(Path table) {
		try {
			return Files.isReadable(table) ? Files.readAllLines(table) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(table + " cannot be read", ex);
		}
	}

	private static Stream<String[]> columns(List<String> lines, int atLeast) {
		return lines.stream().map((line) -> line.strip().split("\\s+")).filter((columns) -> columns.length >= atLeast);
	}

	/** Interface, destination, gateway, ..., mask in the eighth column. */
	private static Stream<InetAddress> ofIpv4(String[] route) {
		boolean usable = route[1].equals(ANY_IPV4) && route[7].equals(ANY_IPV4) && !route[2].equals(ANY_IPV4);
		return usable ? Stream.of(address(reversed(HexFormat.of().parseHex(route[2])))) : Stream.empty();
	}

	/** Destination, its prefix, source, its prefix, next hop. */
	private static Stream<InetAddress> ofIpv6(String[] route) {
		boolean usable = route[0].equals(ANY_IPV6) && route[1].equals("00") && !route[4].equals(ANY_IPV6);
		return usable ? Stream.of(address(HexFormat.of().parseHex(route[4]))) : Stream.empty();
	}

	/** The kernel prints IPv4 in its machine's own order, which is little-endian. */
	private static byte[] reversed(byte[] bytes) {
		byte[] reversed = Arrays.copyOf(bytes, bytes.length);
		for (int i = 0; i < bytes.length; i++) {
			reversed[i] = bytes[bytes.length - 1 - i];
		}
		return reversed;
	}

	private static InetAddress address(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("Neither 4 nor 16 bytes", ex);
		}
	}

}

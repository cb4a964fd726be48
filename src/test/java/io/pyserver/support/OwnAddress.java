package io.pyserver.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Addresses of this host that are not loopback. A connection to one comes from one,
 * though not always from the same.
 */
public final class OwnAddress {

	private OwnAddress() {
	}

	/**
	 * The one whose network interface is the oldest. The younger ones may be bridges of
	 * other tests' networks, which end while this test runs.
	 * @return an IPv4 address
	 * @throws IOException when there is none
	 */
	public static InetAddress any() throws IOException {
		return all().stream()
			.findFirst()
			.orElseThrow(() -> new IOException("This host has no network but loopback; the test needs one"));
	}

	/**
	 * All of them.
	 * @return IPv4 addresses, of the oldest network interface first
	 * @throws IOException when the system does not tell
	 */
	public static List<InetAddress> all() throws IOException {
		return NetworkInterface.networkInterfaces()
			.sorted(Comparator.comparingInt(NetworkInterface::getIndex))
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address.getAddress().length == 4 && !address.isLoopbackAddress())
			.toList();
	}

	/**
	 * All of them, as {@code pyserver.node-ips} takes them.
	 * @return with a comma between them
	 * @throws IOException when the system does not tell
	 */
	public static String list() throws IOException {
		return all().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","));
	}

}

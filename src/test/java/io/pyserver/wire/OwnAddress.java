package io.pyserver.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** An address of this host that is not loopback; a connection to it comes from it. */
public final class OwnAddress {

	private OwnAddress() {
	}

	/**
	 * The first one found.
	 * @return an IPv4 address
	 * @throws IOException when there is none
	 */
	public static InetAddress any() throws IOException {
		return NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address.getAddress().length == 4 && !address.isLoopbackAddress())
			.findFirst()
			.orElseThrow(() -> new IOException("This host has no network but loopback; the test needs one"));
	}

}

package io.pyserver.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import org.jspecify.annotations.Nullable;

/**
 * A port that nobody listens to, for what cannot take one by itself and say which.
 */
public final class FreePort {

	private FreePort() {
	}

	/**
	 * Of all addresses.
	 * @return the port
	 * @throws IOException when there is none
	 */
	public static int find() throws IOException {
		return at(null).getPort();
	}

	/**
	 * Of one address.
	 * @param address of this host; null for all
	 * @return the address, with the port
	 * @throws IOException when there is none
	 */
	public static InetSocketAddress at(@Nullable InetAddress address) throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, address)) {
			return (InetSocketAddress) socket.getLocalSocketAddress();
		}
	}

}

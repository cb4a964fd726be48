package io.pyserver.support;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A port that nobody listens to, for what cannot take one by itself and say which. It is
 * below those that systems give to connections that go out, so that none of these takes
 * it before its user does, and is given once.
 */
public final class FreePort {

	private static final int FIRST = 20_000;

	private static final int NUMBER = 10_000;

	private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(NUMBER));

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
		for (int i = 0; i < NUMBER; i++) {
			try (ServerSocket socket = new ServerSocket(FIRST + NEXT.getAndIncrement() % NUMBER, 1, address)) {
				return (InetSocketAddress) socket.getLocalSocketAddress();
			}
			catch (BindException ex) {
				// Somebody listens to it.
			}
		}
		throw new IOException("No port from %d to %d is free".formatted(FIRST, FIRST + NUMBER - 1));
	}

}

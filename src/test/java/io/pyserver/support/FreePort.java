package io.pyserver.support;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Finds a port on which nobody listens, for a program that cannot choose one and report
 * it. The port is below the range for outgoing connections, so none of them takes it.
 * Each port is returned once. The check binds the port without listening, because a
 * process that starts meanwhile inherits the socket and would keep the port.
 */
public final class FreePort {

	private static final int FIRST = 20_000;

	private static final int NUMBER = 10_000;

	private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(NUMBER));

	private FreePort() {
	}

	/**
	 * Waits until a port refuses connections. If another test starts a process at the
	 * moment at which a port is closed, the process keeps it open until it runs its
	 * program.
	 */
	public static void awaitClosed(int port) {
		await().pollDelay(Duration.ZERO)
			.untilAsserted(() -> assertThatExceptionOfType(ConnectException.class)
				.isThrownBy(() -> new RawClient(port).sendAndLeave("")));
	}

	/**
	 * Finds a port that is free on all addresses.
	 * @return the port
	 * @throws IOException when there is none
	 */
	public static int find() throws IOException {
		return at(null).getPort();
	}

	/**
	 * Finds a port that is free on one address.
	 * @param address of this host; null for all
	 * @return the address, with the port
	 * @throws IOException when there is none
	 */
	public static InetSocketAddress at(@Nullable InetAddress address) throws IOException {
		for (int i = 0; i < NUMBER; i++) {
			try (Socket socket = new Socket()) {
				socket.setReuseAddress(true);
				socket.bind(new InetSocketAddress(address, FIRST + NEXT.getAndIncrement() % NUMBER));
				return (InetSocketAddress) socket.getLocalSocketAddress();
			}
			catch (BindException ex) {
				// Somebody listens to it.
			}
		}
		throw new IOException("No port from %d to %d is free".formatted(FIRST, FIRST + NUMBER - 1));
	}

}

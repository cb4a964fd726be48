package io.pyserver.fire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.pyserver.support.SelfSigned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many connections that are opened and kept, each with the beginning of a request. Some
 * 2,000 a second: faster than the service accepts them they would fill the kernel's queue
 * of 4,096, and then it is the kernel that loses a probe.
 */
final class Flood implements AutoCloseable {

	private static final int AT_ONCE = 20;

	private static final Duration PAUSE = Duration.ofMillis(10);

	/** With a handshake. */
	private static final int PATIENCE_MILLIS = 1_000;

	private final List<SocketChannel> connections = new ArrayList<>();

	/**
	 * Opens it.
	 * @param address the service's, and with an address of this host the callers' as well
	 */
	static Flood of(int size, InetAddress address, int port, String beginning) throws InterruptedException {
		return of(size, address, port, beginning, false);
	}

	/** By TLS each is opened when the one before has shaken hands. */
	static Flood of(int size, InetAddress address, int port, String beginning, boolean tls)
			throws InterruptedException {
		Flood flood = new Flood();
		for (int i = 0; i < size; i++) {
			if (i % AT_ONCE == 0) {
				Thread.sleep(PAUSE);
			}
			try {
				SocketChannel connection = SocketChannel.open(new InetSocketAddress(address, port));
				flood.connections.add(connection);
				if (tls) {
					connection.socket().setSoTimeout(PATIENCE_MILLIS);
					SelfSigned.client(connection.socket())
						.getOutputStream()
						.write(beginning.getBytes(StandardCharsets.ISO_8859_1));
				}
				connection.configureBlocking(false);
				if (!tls) {
					connection.write(ByteBuffer.wrap(beginning.getBytes(StandardCharsets.ISO_8859_1)));
				}
			}
			catch (IOException ex) {
				// It has been shed already, or the service has ended.
			}
		}
		return flood;
	}

	/** How many of them the service still holds. */
	long held() {
		this.connections.removeIf(Flood::isEnded);
		return this.connections.size();
	}

	/** Waits until the service holds no more of them. */
	void awaitHeldAtMost(long most) {
		await().untilAsserted(() -> assertThat(held()).as("connections held").isLessThanOrEqualTo(most));
	}

	/** Whatever is answered before the end is read over. */
	private static boolean isEnded(SocketChannel connection) {
		try {
			ByteBuffer answer = ByteBuffer.allocate(1_024);
			int read = connection.read(answer);
			while (read > 0) {
				read = connection.read(answer.clear());
			}
			return read < 0 && close(connection);
		}
		catch (IOException ex) {
			return close(connection);
		}
	}

	private static boolean close(SocketChannel connection) {
		try {
			connection.close();
		}
		catch (IOException ex) {
			// It was reset.
		}
		return true;
	}

	@Override
	public void close() {
		this.connections.forEach(Flood::close);
	}

}

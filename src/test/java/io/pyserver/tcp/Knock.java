package io.pyserver.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import static org.assertj.core.api.Assertions.assertThat;

/** What a tcpSocket probe does: connects. Then it waits until the other end closes. */
final class Knock {

	private static final int PATIENCE_MILLIS = 30_000;

	private Knock() {
	}

	static void on(int port) throws IOException {
		on(InetAddress.ofLiteral("127.0.0.1"), port);
	}

	static void on(InetAddress address, int port) throws IOException {
		try (Socket socket = new Socket(address, port)) {
			socket.setSoTimeout(PATIENCE_MILLIS);
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

}

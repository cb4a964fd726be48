package io.pyserver.board;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.pyserver.support.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attempts to get out, to real ports.
 */
class EgressTest {

	private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	@Test
	void anOpenPortIsOpenAndAClosedOneBlocked() throws Exception {
		ServerSocket door = new ServerSocket(0, 50, LOOPBACK);
		try (Egress egress = egress(door.getLocalPort())) {
			egress.connectToAll();
			assertThat(lane(egress).state()).isEqualTo(LaneState.OPEN);

			door.close();
			FreePort.awaitClosed(door.getLocalPort());
			Instant closed = Instant.now();
			egress.connectToAll();
			assertThat(lane(egress).state()).isEqualTo(LaneState.BLOCKED);
			Instant first = lane(egress).since();
			assertThat(first).isBetween(closed, Instant.now());
			egress.connectToAll();
			assertThat(lane(egress).since()).isEqualTo(first);
			assertThat(lane(egress).source()).endsWith(", refused");
			assertThat(lane(egress).ticks()).extracting(Tick::good).containsExactly(true, false, false);
		}
	}

	/** A full queue drops a connection's first packet, as many engines do. */
	@Test
	void aTargetThatDoesNotAnswerIsBlockedAfterTheTimeout() throws Exception {
		List<Socket> waiting = new ArrayList<>();
		try (ServerSocket full = new ServerSocket(0, 1, LOOPBACK); Egress egress = egress(full.getLocalPort())) {
			fill(full, waiting);
			long begun = System.nanoTime();
			egress.connectToAll();

			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Egress.CONNECT_TIMEOUT.minusMillis(50),
					Duration.ofSeconds(5));
			assertThat(lane(egress).state()).isEqualTo(LaneState.BLOCKED);
			assertThat(lane(egress).source()).endsWith(", no answer");
		}
		finally {
			for (Socket socket : waiting) {
				socket.close();
			}
		}
	}

	@Test
	void noTargetsGiveNoLanes() throws Exception {
		try (Egress egress = new Egress(List.of())) {
			egress.connectToAll();

			assertThat(egress.lanes(Instant.now())).isEmpty();
		}
	}

	private static void fill(ServerSocket door, List<Socket> waiting) throws Exception {
		for (int i = 0; i < 16; i++) {
			Socket socket = new Socket();
			waiting.add(socket);
			try {
				socket.connect(door.getLocalSocketAddress(), 100);
			}
			catch (java.net.SocketTimeoutException ex) {
				return;
			}
		}
	}

	private static Egress egress(int port) throws Exception {
		return new Egress(List.of(new EgressTarget(new InetSocketAddress(LOOPBACK, port), false)));
	}

	private static Lane lane(Egress egress) {
		return egress.lanes(Instant.now()).getFirst();
	}

}

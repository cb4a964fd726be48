package io.pyserver.board;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Opens a connection to each target, all at the same time. A refused connection and a
 * timeout both mean blocked, because policy engines do either.
 */
final class Egress implements AutoCloseable {

	/**
	 * With one attempt a second, a policy's effect is visible within two seconds. A
	 * connection inside a cluster takes a few milliseconds.
	 */
	static final Duration CONNECT_TIMEOUT = Duration.ofMillis(750);

	private final List<EgressLane> lanes;

	private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();

	Egress(List<EgressTarget> targets) {
		this.lanes = targets.stream().map(EgressLane::new).toList();
	}

	/** Returns when all attempts have ended, after {@link #CONNECT_TIMEOUT} at most. */
	void connectToAll() throws InterruptedException {
		Instant started = Instant.now();
		this.attempts.invokeAll(this.lanes.stream()
			.map((lane) -> Executors.callable(() -> lane.record(connect(lane.target()), started)))
			.toList());
	}

	private static Outcome connect(EgressTarget target) {
		try (Socket socket = new Socket()) {
			socket.connect(target.address(), Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
			return Outcome.CONNECTED;
		}
		catch (SocketTimeoutException ex) {
			return Outcome.NO_ANSWER;
		}
		catch (IOException ex) {
			return Outcome.REFUSED;
		}
	}

	List<Lane> lanes(Instant now) {
		return this.lanes.stream().map((lane) -> lane.at(now)).toList();
	}

	@Override
	public void close() {
		this.attempts.close();
	}

	enum Outcome {

		CONNECTED, REFUSED, NO_ANSWER;

		String words() {
			return name().toLowerCase(Locale.ROOT).replace('_', ' ');
		}

	}

}

package io.pyserver.board;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tries to open a connection to each target, all at once.
 */
final class Egress implements Closeable {

	/**
	 * With the second until the next attempt, what a policy does is seen within two. A
	 * connection inside a cluster takes a few milliseconds.
	 */
	static final Duration PATIENCE = Duration.ofMillis(750);

	private final List<EgressLane> lanes;

	private final Selector selector = Selector.open();

	Egress(List<EgressTarget> targets) throws IOException {
		this.lanes = targets.stream().map(EgressLane::new).toList();
	}

	/** Returns when all are connected or refused, or after the patience. */
	void tryAll() throws IOException {
		Instant begun = Instant.now();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		List<EgressAttempt> attempts = this.lanes.stream()
			.map((lane) -> EgressAttempt.begin(lane.target(), this.selector))
			.toList();
		long left = PATIENCE.toMillis();
		while (left > 0 && attempts.stream().anyMatch(EgressAttempt::isPending)) {
			this.selector.select((key) -> ((EgressAttempt) key.attachment()).look(), left);
			left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
		}
		IntStream.range(0, attempts.size()).forEach((i) -> this.lanes.get(i).remember(attempts.get(i).end(), begun));
		this.selector.selectNow(); // Lets go of those that are closed.
	}

	List<Lane> lanes(Instant now) {
		return this.lanes.stream().map((lane) -> lane.at(now)).toList();
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
	}

}

package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Prints which step each experiment has reached, and how long the run may still take. */
final class Progress {

	/** The estimated duration of an experiment, until the first one has ended. */
	private static final Duration GUESS = Duration.ofSeconds(70);

	/** The end of a line. On a terminal, the next line replaces it. */
	private static final String END = (System.console() != null && System.console().isTerminal()) ? "\u001b[K\r" : "%n";

	private final Instant started = Instant.now();

	private final int experiments;

	private final int sideBySide;

	private final AtomicInteger done = new AtomicInteger();

	Progress(int experiments, int sideBySide) {
		this.experiments = experiments;
		this.sideBySide = Math.min(experiments, sideBySide);
	}

	void ended() {
		this.done.incrementAndGet();
	}

	void say(String experiment, String step) {
		Duration elapsed = Duration.between(this.started, Instant.now());
		System.out.printf("[lab %s] %s: %s (%d of %d done, about %s left)" + END, clock(elapsed), experiment, step,
				this.done.get(), this.experiments, clock(left(elapsed)));
	}

	/** Assumes that experiments that run side by side end at about the same time. */
	private Duration left(Duration elapsed) {
		int ended = Math.ceilDiv(this.done.get(), this.sideBySide);
		int rounds = Math.ceilDiv(this.experiments, this.sideBySide);
		Duration left = ((ended > 0) ? elapsed.dividedBy(ended) : GUESS).multipliedBy(rounds).minus(elapsed);
		return left.isNegative() ? Duration.ZERO : left;
	}

	private static String clock(Duration duration) {
		return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
	}

}

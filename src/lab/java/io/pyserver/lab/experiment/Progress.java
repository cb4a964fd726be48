package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Says while the lab runs which experiment is where, and how long it may still take. */
final class Progress {

	/** Before the first experiment has ended. */
	private static final Duration GUESS = Duration.ofSeconds(70);

	/** On a terminal there is one line, which changes. */
	private static final String END = (System.console() != null && System.console().isTerminal()) ? "\u001b[K\r" : "%n";

	private final Instant started = Instant.now();

	private final int experiments;

	private final int sideBySide;

	private final AtomicInteger done = new AtomicInteger();

	private final AtomicLong millis = new AtomicLong();

	Progress(int experiments, int sideBySide) {
		this.experiments = experiments;
		this.sideBySide = Math.min(experiments, sideBySide);
	}

	/** Counts an experiment. */
	<T> T of(Supplier<T> experiment) {
		Instant start = Instant.now();
		T result = experiment.get();
		this.millis.addAndGet(Duration.between(start, Instant.now()).toMillis());
		this.done.incrementAndGet();
		return result;
	}

	void say(String experiment, String phase) {
		System.out.printf("[lab %s] %s: %s (%d of %d done, about %s left)" + END, clock(elapsed()), experiment, phase,
				this.done.get(), this.experiments, clock(left()));
	}

	private Duration elapsed() {
		return Duration.between(this.started, Instant.now());
	}

	private Duration left() {
		long each = (this.done.get() > 0) ? this.millis.get() / this.done.get() : GUESS.toMillis();
		Duration whole = Duration.ofMillis(each * Math.ceilDiv(this.experiments, this.sideBySide));
		Duration left = whole.minus(elapsed());
		return left.isNegative() ? Duration.ZERO : left;
	}

	private static String clock(Duration duration) {
		return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
	}

}

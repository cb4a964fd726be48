package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The counts of one kind of probe of a container through an experiment, read once a
 * second and at each of the moments below, all by the lab's clock.
 *
 * @param source who counted
 * @param exposed from when on a failed probe may be the policies' doing: they were about
 * to be applied, and the pod was ready
 * @param enforced when the controls had shown enforcement
 * @param end when the watch ended; after that probes are broken on purpose
 * @param excused times in which the container was started again for no probe, and of
 * which nothing is held against probes
 * @param readings in the order of time
 */
public record ProbeCounts(Source source, Instant exposed, Instant enforced, Instant end, List<Restart> excused,
		List<ProbeCount> readings) {

	/** How old the last reading may be at the end of the watch. */
	private static final Duration STALE = Duration.ofSeconds(10);

	/**
	 * A kubelet learns a moment later that a container has ended, and what it probed
	 * meanwhile failed.
	 */
	private static final Duration NOTICED = Duration.ofSeconds(3);

	public ProbeCounts {
		excused = List.copyOf(excused);
		readings = List.copyOf(readings);
	}

	/** Failed probes between the policies and their enforcement. */
	public long failedOnArrival() {
		return failed(this.exposed, this.enforced);
	}

	/** Failed probes under enforced policies. */
	public long failedWhileEnforced() {
		return failed(this.enforced, this.end);
	}

	/** Successful probes under enforced policies. */
	public long successfulWhileEnforced() {
		return sum(this.enforced, this.end, ProbeCount::successful);
	}

	/** Successful probes since the policies, to the last reading of all. */
	public long successfulInAll() {
		return sum(this.exposed, Instant.MAX, ProbeCount::successful);
	}

	/**
	 * When a failed probe was first counted under the policies; a second late at most.
	 */
	public Optional<Instant> firstFailure() {
		return steps().stream()
			.filter((step) -> isIn(step, this.exposed, this.end) && step.failed() > 0 && !isExcused(step.at()))
			.map(ProbeCount::at)
			.findFirst();
	}

	private long failed(Instant after, Instant until) {
		return steps().stream()
			.filter((step) -> isIn(step, after, until) && !isExcused(step.at()))
			.mapToLong(ProbeCount::failed)
			.sum();
	}

	private boolean isExcused(Instant moment) {
		return this.excused.stream()
			.anyMatch((restart) -> !moment.isBefore(restart.ended().minus(NOTICED))
					&& !moment.isAfter(readyAgain(restart).plus(NOTICED)));
	}

	private Instant readyAgain(Restart restart) {
		return (restart.ready() != null) ? restart.ready() : this.end;
	}

	/** The time under enforced policies in which probes could succeed. */
	public Duration watched() {
		Duration lost = this.excused.stream()
			.map((restart) -> overlap(restart.ended(), readyAgain(restart)))
			.reduce(Duration.ZERO, Duration::plus);
		Duration watched = Duration.between(this.enforced, this.end).minus(lost);
		return watched.isNegative() ? Duration.ZERO : watched;
	}

	private Duration overlap(Instant from, Instant to) {
		Instant begin = from.isBefore(this.enforced) ? this.enforced : from;
		Instant end = to.isAfter(this.end) ? this.end : to;
		return end.isAfter(begin) ? Duration.between(begin, end) : Duration.ZERO;
	}

	/** Whether there is a reading near the end of the watch. */
	public boolean reachTheEnd() {
		return lastRead().filter((last) -> !last.isBefore(this.end.minus(STALE))).isPresent();
	}

	/**
	 * The longest time under enforced policies without a success. A reading that was late
	 * shows several at once, which were a period apart.
	 */
	public Duration longestGap(Duration period) {
		Duration longest = Duration.ZERO;
		Instant latest = this.enforced;
		for (ProbeCount step : steps()) {
			if (isIn(step, this.enforced, this.end)) {
				latest = afterRestarts(latest, step.at());
				if (step.successful() > 0) {
					longest = max(longest,
							Duration.between(latest, step.at()).minus(period.multipliedBy(step.successful() - 1)));
					latest = step.at();
				}
			}
		}
		return max(longest, Duration.between(afterRestarts(latest, this.end), this.end));
	}

	private Instant afterRestarts(Instant latest, Instant now) {
		Instant after = latest;
		for (Restart restart : this.excused) {
			Instant ready = readyAgain(restart).isAfter(now) ? now : readyAgain(restart);
			if (!restart.ended().isAfter(now) && ready.isAfter(after)) {
				after = ready;
			}
		}
		return after;
	}

	private List<ProbeCount> steps() {
		return ProbeCount.steps(this.readings);
	}

	private long sum(Instant after, Instant until, ToLongFunction<ProbeCount> count) {
		return steps().stream().filter((step) -> isIn(step, after, until)).mapToLong(count).sum();
	}

	private static boolean isIn(ProbeCount step, Instant after, Instant until) {
		return step.at().isAfter(after) && !step.at().isAfter(until);
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? other : one;
	}

	/** When it was read last; empty where it never was. */
	public Optional<Instant> lastRead() {
		return this.readings.isEmpty() ? Optional.empty() : Optional.of(this.readings.getLast().at());
	}

	/** Who counted. */
	public enum Source implements Label {

		/** The kubelet: its metric {@code prober_probe_total}. */
		KUBELET,

		/**
		 * The lab, where nobody lets it read the kubelet's: successes are answers in the
		 * pod's log, failures are {@code Unhealthy} events, of which a kubelet sends no
		 * more than about 25 in a row.
		 */
		LOG_AND_EVENTS

	}

}

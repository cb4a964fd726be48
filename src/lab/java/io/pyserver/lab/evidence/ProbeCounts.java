package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * The counts of one kind of probe of a container through an experiment, read once a
 * second and at each of the moments below, all by the lab's clock.
 *
 * @param source who counted
 * @param exposed from when on a failed probe may be the policies' doing: they were about
 * to be applied, and the pod was ready
 * @param enforced when the controls had shown enforcement
 * @param end when the watch ended; after that probes are broken on purpose
 * @param readings in the order of time
 */
public record ProbeCounts(Source source, Instant exposed, Instant enforced, Instant end, List<ProbeCount> readings) {

	/** How old the last reading may be at the end of the watch. */
	private static final Duration STALE = Duration.ofSeconds(10);

	public ProbeCounts {
		readings = List.copyOf(readings);
	}

	/** Failed probes between the policies and their enforcement. */
	public long failedOnArrival() {
		return sum(this.exposed, this.enforced, ProbeCount::failed);
	}

	/** Failed probes under enforced policies. */
	public long failedWhileEnforced() {
		return sum(this.enforced, this.end, ProbeCount::failed);
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
			.filter((step) -> isIn(step, this.exposed, this.end) && step.failed() > 0)
			.map(ProbeCount::at)
			.findFirst();
	}

	/** Whether there is a reading near the end of the watch. */
	public boolean reachTheEnd() {
		return !this.readings.isEmpty() && !this.readings.getLast().at().isBefore(this.end.minus(STALE));
	}

	/**
	 * The longest time under enforced policies in which no success was counted. The time
	 * in which the container was started again for a reason of its own does not count.
	 */
	public Duration longestGap(List<Restart> restarts) {
		Duration longest = Duration.ZERO;
		Instant latest = this.enforced;
		for (ProbeCount step : steps()) {
			if (isIn(step, this.enforced, this.end)) {
				latest = afterRestarts(latest, step.at(), restarts);
				if (step.successful() > 0) {
					longest = max(longest, Duration.between(latest, step.at()));
					latest = step.at();
				}
			}
		}
		return max(longest, Duration.between(afterRestarts(latest, this.end, restarts), this.end));
	}

	private static Instant afterRestarts(Instant latest, Instant now, List<Restart> restarts) {
		Instant after = latest;
		for (Restart restart : restarts) {
			Instant ready = (restart.ready() != null) ? restart.ready() : now;
			if (!restart.byProbe() && ready.isAfter(after) && !restart.ended().isAfter(now)) {
				after = ready.isAfter(now) ? now : ready;
			}
		}
		return after;
	}

	/** What came between each reading and the one before it. */
	private List<ProbeCount> steps() {
		List<ProbeCount> steps = new ArrayList<>();
		for (int i = 1; i < this.readings.size(); i++) {
			steps.add(this.readings.get(i).since(this.readings.get(i - 1)));
		}
		return steps;
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

	/** The last reading at or before a moment, or null where there is none. */
	public @Nullable ProbeCount at(Instant moment) {
		return this.readings.stream()
			.filter((reading) -> !reading.at().isAfter(moment))
			.reduce((_, later) -> later)
			.orElse(null);
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

package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.pyserver.lab.evidence.Harm.Restart;

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
	@JsonProperty
	public long failedOnArrival() {
		return failures(this.exposed, this.enforced).mapToLong(ProbeCount::failed).sum();
	}

	/** Failed probes under enforced policies. */
	@JsonProperty
	public long failedWhileEnforced() {
		return failures(this.enforced, this.end).mapToLong(ProbeCount::failed).sum();
	}

	/** All that failed under the policies with nothing broken on purpose. */
	long failed() {
		return failedOnArrival() + failedWhileEnforced();
	}

	/** Successful probes under enforced policies. */
	@JsonProperty
	public long successfulWhileEnforced() {
		return steps(this.enforced, this.end).mapToLong(ProbeCount::successful).sum();
	}

	/** Successful probes since the policies, to the last reading of all. */
	@JsonProperty
	public long successfulInAll() {
		return steps(this.exposed, Instant.MAX).mapToLong(ProbeCount::successful).sum();
	}

	/**
	 * When a failed probe was first counted under the policies; a second late at most.
	 */
	@JsonProperty
	public Optional<Instant> firstFailure() {
		return failures(this.exposed, this.end).map(ProbeCount::at).findFirst();
	}

	private Stream<ProbeCount> failures(Instant after, Instant until) {
		return steps(after, until).filter((step) -> step.failed() > 0 && !isExcused(step.at()));
	}

	private Stream<ProbeCount> steps(Instant after, Instant until) {
		return ProbeCount.steps(this.readings)
			.stream()
			.filter((step) -> step.at().isAfter(after) && !step.at().isAfter(until));
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
	Duration watched() {
		Duration lost = this.excused.stream()
			.map((restart) -> Duration.between(inTheWatch(restart.ended()), inTheWatch(readyAgain(restart))))
			.reduce(Duration.ZERO, Duration::plus);
		return latest(Duration.ZERO, Duration.between(this.enforced, this.end).minus(lost));
	}

	private Instant inTheWatch(Instant moment) {
		return moment.isAfter(this.end) ? this.end : latest(moment, this.enforced);
	}

	/** When it was read last; empty where it never was. */
	Optional<Instant> lastRead() {
		return this.readings.isEmpty() ? Optional.empty() : Optional.of(this.readings.getLast().at());
	}

	/** Whether there is a reading near the end of the watch. */
	boolean reachTheEnd() {
		return lastRead().filter((last) -> !last.isBefore(this.end.minus(STALE))).isPresent();
	}

	/**
	 * The longest time under enforced policies without a success. A reading that was late
	 * shows several at once, which were a period apart.
	 */
	Duration longestGap(Duration period) {
		Duration longest = Duration.ZERO;
		Instant last = this.enforced;
		for (ProbeCount step : steps(this.enforced, this.end).filter((step) -> step.successful() > 0).toList()) {
			longest = latest(longest, Duration.between(afterRestarts(last, step.at()), step.at())
				.minus(period.multipliedBy(step.successful() - 1)));
			last = step.at();
		}
		return latest(longest, Duration.between(afterRestarts(last, this.end), this.end));
	}

	/** Since when a success could be expected by now. */
	private Instant afterRestarts(Instant last, Instant now) {
		return this.excused.stream()
			.filter((restart) -> !restart.ended().isAfter(now))
			.map((restart) -> readyAgain(restart).isAfter(now) ? now : readyAgain(restart))
			.reduce(last, ProbeCounts::latest);
	}

	private static <T extends Comparable<T>> T latest(T one, T other) {
		return Collections.max(List.of(one, other));
	}

	/**
	 * How many probes of one kind a container has had by a moment. The kubelet counts
	 * from the pod's creation on, and from zero again when it is restarted itself.
	 *
	 * @param at when the count was read, by the lab's clock
	 * @param successful those that the kubelet took for success
	 * @param failed those that it took for failure
	 * @param unknown probes that the kubelet could not run; it acts on none of them
	 */
	public record ProbeCount(Instant at, long successful, long failed, long unknown) {

		/** What came between each of some readings and the one before it. */
		public static List<ProbeCount> steps(List<ProbeCount> readings) {
			return IntStream.range(1, readings.size())
				.mapToObj((i) -> readings.get(i).since(readings.get(i - 1)))
				.toList();
		}

		/** What came between the first of some readings and the last one. */
		public static ProbeCount between(List<ProbeCount> readings) {
			return steps(readings).stream().reduce(new ProbeCount(Instant.EPOCH, 0, 0, 0), ProbeCount::and);
		}

		private ProbeCount since(ProbeCount earlier) {
			return new ProbeCount(this.at, grown(earlier.successful, this.successful),
					grown(earlier.failed, this.failed), grown(earlier.unknown, this.unknown));
		}

		private ProbeCount and(ProbeCount next) {
			return new ProbeCount(next.at, this.successful + next.successful, this.failed + next.failed,
					this.unknown + next.unknown);
		}

		/** A count that falls has begun again at zero. */
		private static long grown(long earlier, long later) {
			return (later >= earlier) ? later - earlier : later;
		}

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

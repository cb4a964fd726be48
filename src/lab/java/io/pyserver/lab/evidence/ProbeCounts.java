package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Restart;

/**
 * The counts of one kind of probe of a container during an experiment. The lab reads them
 * once a second and at each of the times below. All times are by the lab's clock.
 *
 * @param source who counted
 * @param exposed the time from which policies can make probes fail: the lab has begun to
 * apply them, and the pod is ready
 * @param enforced when the controls showed enforcement
 * @param end when the watch ended; later probes are broken on purpose
 * @param excused the restarts that no probe caused, in the order of time; probes that
 * fail during a restart do not count
 * @param readings the counts in the order of time
 */
public record ProbeCounts(Source source, Instant exposed, Instant enforced, Instant end, List<Restart> excused,
		List<ProbeCount> readings) {

	/** The last reading may be older than the end of the watch by this time. */
	private static final Duration STALE = Duration.ofSeconds(10);

	/**
	 * The kubelet notices the end of a container within this time. Probes fail until
	 * then.
	 */
	private static final Duration NOTICED = Duration.ofSeconds(3);

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

	/** Failed probes under the policies while nothing was broken on purpose. */
	long failed() {
		return failedOnArrival() + failedWhileEnforced();
	}

	/** Successful probes under enforced policies. */
	@JsonProperty
	public long successfulWhileEnforced() {
		return steps(this.enforced, this.end).mapToLong(ProbeCount::successful).sum();
	}

	/** Successful probes from the policies to the last reading. */
	@JsonProperty
	public long successfulInAll() {
		return steps(this.exposed, Instant.MAX).mapToLong(ProbeCount::successful).sum();
	}

	/**
	 * The successful probes that prove something: a startup probe needs one at any time.
	 */
	public long successful(Kind kind) {
		return (kind == Kind.STARTUP) ? successfulInAll() : successfulWhileEnforced();
	}

	/**
	 * When the lab counted the first failed probe under the policies, at most a second
	 * late.
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

	/** The time under enforced policies without the time of excused restarts. */
	Duration watched() {
		Duration watched = Duration.ZERO;
		Instant from = this.enforced;
		for (Restart restart : this.excused) {
			Instant until = Collections.min(List.of(restart.ended(), readyAgain(restart), this.end));
			watched = watched.plus(between(from, until));
			from = latest(from, readyAgain(restart));
		}
		return watched.plus(between(from, this.end));
	}

	private static Duration between(Instant from, Instant until) {
		return latest(Duration.ZERO, Duration.between(from, until));
	}

	/** When the counts were read last; empty if they were not read. */
	Optional<Instant> lastRead() {
		return this.readings.isEmpty() ? Optional.empty() : Optional.of(this.readings.getLast().at());
	}

	/** Whether there is a reading near the end of the watch. */
	boolean reachTheEnd() {
		return lastRead().filter((last) -> !last.isBefore(this.end.minus(STALE))).isPresent();
	}

	/**
	 * The longest time under enforced policies without a success. The time starts again
	 * when a container is ready after an excused restart, because the cause of the
	 * restart may have slowed the container down. A late reading may show several
	 * successes. They were one period apart.
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

	/** The moment from which the next success was due. */
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
	 * How many probes of one kind a container had. The kubelet counts from the pod's
	 * creation, and starts again at zero after its own restart.
	 *
	 * @param at when the counts were read, by the lab's clock
	 * @param successful the successful probes
	 * @param failed the failed probes
	 * @param unknown probes that the kubelet could not run; it does not act on them
	 */
	public record ProbeCount(Instant at, long successful, long failed, long unknown) {

		/** The probes between consecutive readings. */
		public static List<ProbeCount> steps(List<ProbeCount> readings) {
			return IntStream.range(1, readings.size())
				.mapToObj((i) -> readings.get(i).since(readings.get(i - 1)))
				.toList();
		}

		/** The probes between the first and the last reading. */
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

		/** A count that is lower than before has started again at zero. */
		private static long grown(long earlier, long later) {
			return (later >= earlier) ? later - earlier : later;
		}

	}

	/** Who counted. */
	public enum Source implements Label {

		/** The kubelet, in its metric {@code prober_probe_total}. */
		KUBELET,
		/**
		 * The lab, because it may not read the kubelet's counts. Successes are answers in
		 * the pod's log. Failures are {@code Unhealthy} events. A kubelet sends no more
		 * than about 25 of them in a row.
		 */
		LOG_AND_EVENTS

	}

}

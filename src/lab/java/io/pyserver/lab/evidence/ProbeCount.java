package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many probes of one kind a container has had by a moment. The kubelet counts from
 * the pod's creation on, and from zero again when it is restarted itself.
 *
 * @param at when the count was read, by the lab's clock
 * @param unknown probes that the kubelet could not run; it acts on none of them
 */
public record ProbeCount(Instant at, long successful, long failed, long unknown) {

	private static final ProbeCount NONE = new ProbeCount(Instant.EPOCH, 0, 0, 0);

	/** What came between an earlier count and this one. */
	private ProbeCount since(ProbeCount earlier) {
		return new ProbeCount(this.at, grown(earlier.successful, this.successful), grown(earlier.failed, this.failed),
				grown(earlier.unknown, this.unknown));
	}

	/** What came between each of some readings and the one before it. */
	public static List<ProbeCount> steps(List<ProbeCount> readings) {
		return IntStream.range(1, readings.size()).mapToObj((i) -> readings.get(i).since(readings.get(i - 1))).toList();
	}

	/** What came between the first of some readings and the last one. */
	public static ProbeCount between(List<ProbeCount> readings) {
		return steps(readings).stream().reduce(NONE, ProbeCount::and);
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

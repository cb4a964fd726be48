package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.List;

/**
 * How many probes of one kind a container has had by a moment. The kubelet counts from
 * the pod's creation on, and from zero again when it is restarted itself.
 *
 * @param at when the count was read, by the lab's clock
 * @param unknown probes that the kubelet could not run; it acts on none of them
 */
public record ProbeCount(Instant at, long successful, long failed, long unknown) {

	/** What came between an earlier count and this one. */
	public ProbeCount since(ProbeCount earlier) {
		return new ProbeCount(this.at, grown(earlier.successful, this.successful), grown(earlier.failed, this.failed),
				grown(earlier.unknown, this.unknown));
	}

	/** What came between the first of some readings and the last one. */
	public static ProbeCount between(List<ProbeCount> readings) {
		ProbeCount sum = new ProbeCount(Instant.EPOCH, 0, 0, 0);
		for (int i = 1; i < readings.size(); i++) {
			ProbeCount step = readings.get(i).since(readings.get(i - 1));
			sum = new ProbeCount(step.at, sum.successful + step.successful, sum.failed + step.failed,
					sum.unknown + step.unknown);
		}
		return sum;
	}

	/** A count that falls has begun again at zero. */
	private static long grown(long earlier, long later) {
		return (later >= earlier) ? later - earlier : later;
	}

}

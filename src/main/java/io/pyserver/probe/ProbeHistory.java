package io.pyserver.probe;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import org.springframework.stereotype.Component;

/**
 * Records the last probes, and totals of all probes. It uses no lock, so that a request
 * does not wait for another one or for a reader.
 */
@Component
public final class ProbeHistory {

	static final int CAPACITY = 500;

	private final AtomicReferenceArray<Call> calls = new AtomicReferenceArray<>(CAPACITY);

	private final AtomicLong next = new AtomicLong();

	private final AtomicReferenceArray<ProbeTotals> totals = new AtomicReferenceArray<>(ProbeKind.values().length);

	/** Records a call if it is a probe. */
	public void record(Call call) {
		ProbeKind kind = call.attribution().probe();
		if (kind != ProbeKind.NONE) {
			this.calls.set((int) (this.next.getAndIncrement() % CAPACITY), call);
			this.totals.updateAndGet(kind.ordinal(),
					(previous) -> Objects.requireNonNullElse(previous, ProbeTotals.ZERO).plus(call));
		}
	}

	/** The last probes, at most {@value #CAPACITY}, the oldest first. */
	public List<Call> calls() {
		return IntStream.range(0, CAPACITY)
			.mapToObj(this.calls::get)
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(Call::time))
			.toList();
	}

	/** The totals of a kind. The kind is not {@link ProbeKind#NONE}. */
	public ProbeTotals totals(ProbeKind kind) {
		return Objects.requireNonNullElse(this.totals.get(kind.ordinal()), ProbeTotals.ZERO);
	}

	/**
	 * A percentile (nearest rank) of the latencies of one kind of probe.
	 * @param share above 0, at most 1: 0.5 for the median
	 * @return zero when there is no such probe
	 */
	public static Duration percentile(List<Call> calls, ProbeKind kind, double share) {
		List<Duration> latencies = calls.stream()
			.filter((call) -> call.attribution().probe() == kind)
			.map(Call::latency)
			.sorted()
			.toList();
		return latencies.isEmpty() ? Duration.ZERO : latencies.get((int) Math.ceil(share * latencies.size()) - 1);
	}

}

package io.pyserver.probe;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import org.springframework.stereotype.Component;

/**
 * Remembers the last probes, and what all of them add up to. Takes no lock: a request
 * never waits for another one, nor for a reader.
 */
@Component
public final class ProbeHistory {

	/** How many probes are remembered one by one. */
	public static final int CAPACITY = 500;

	private final AtomicReferenceArray<Call> calls = new AtomicReferenceArray<>(CAPACITY);

	private final AtomicLong next = new AtomicLong();

	private final Map<ProbeKind, AtomicReference<ProbeTotals>> totals = new EnumMap<>(ProbeKind.class);

	ProbeHistory() {
		Arrays.stream(ProbeKind.values())
			.filter((kind) -> kind != ProbeKind.NONE)
			.forEach((kind) -> this.totals.put(kind, new AtomicReference<>(ProbeTotals.ZERO)));
	}

	/**
	 * Remembers a call if it is a probe.
	 * @param call any call
	 */
	public void record(Call call) {
		AtomicReference<ProbeTotals> kind = this.totals.get(call.attribution().probe());
		if (kind != null) {
			this.calls.set((int) (this.next.getAndIncrement() % CAPACITY), call);
			kind.updateAndGet((sofar) -> sofar.plus(call));
		}
	}

	/**
	 * The last probes.
	 * @return at most {@value #CAPACITY}, the oldest first
	 */
	public List<Call> calls() {
		return IntStream.range(0, CAPACITY)
			.mapToObj(this.calls::get)
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(Call::time))
			.toList();
	}

	/**
	 * What the probes of a kind add up to.
	 * @param kind any but {@link ProbeKind#NONE}
	 * @return the totals since the start
	 */
	public ProbeTotals totals(ProbeKind kind) {
		return Objects.requireNonNull(this.totals.get(kind), "not kept for this kind").get();
	}

	/**
	 * A percentile (nearest rank) of the latencies of a kind among the last probes.
	 * @param calls the last probes
	 * @param kind the kind
	 * @param share above 0, at most 1: 0.5 for the median
	 * @return zero where there is no such probe
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

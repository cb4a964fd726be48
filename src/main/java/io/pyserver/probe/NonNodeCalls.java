package io.pyserver.probe;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Counts the calls of each second that neither the node nor loopback sent, for the five
 * minutes that the board shows. Like {@link ProbeHistory}, it uses no lock.
 */
@Component
public final class NonNodeCalls {

	static final int CAPACITY = 300;

	private final AtomicReferenceArray<CallsInSecond> seconds = new AtomicReferenceArray<>(CAPACITY);

	/** Records a call unless the node or loopback sent it. */
	public void record(Call call) {
		Caller caller = call.attribution().caller();
		if (caller == Caller.POD || caller == Caller.OTHER) {
			CallsInSecond second = CallsInSecond.of(call);
			this.seconds.accumulateAndGet((int) (second.at().getEpochSecond() % CAPACITY), second, CallsInSecond::plus);
		}
	}

	/** The seconds with such calls, at most {@value #CAPACITY}, the oldest first. */
	public List<CallsInSecond> seconds() {
		return IntStream.range(0, CAPACITY)
			.mapToObj(this.seconds::get)
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(CallsInSecond::at))
			.toList();
	}

	/**
	 * The calls of one second.
	 *
	 * @param at the start of the second
	 * @param count the number of calls, at least 1
	 * @param serverErrors the number of calls that were answered with a 5xx status
	 * @param source the address of the last caller, or null when it is unknown
	 * @param caller the last caller
	 */
	public record CallsInSecond(Instant at, int count, int serverErrors, @Nullable String source, Caller caller) {

		static CallsInSecond of(Call call) {
			return new CallsInSecond(Instant.ofEpochSecond(call.time().getEpochSecond()), 1,
					(call.status() >= 500) ? 1 : 0, call.remoteAddress(), call.attribution().caller());
		}

		/** Adds a call to its second. A past second with the same index is replaced. */
		private static CallsInSecond plus(@Nullable CallsInSecond previous, CallsInSecond call) {
			return (previous == null || previous.at.isBefore(call.at)) ? call : new CallsInSecond(previous.at,
					previous.count + 1, previous.serverErrors + call.serverErrors, call.source, call.caller);
		}

	}

}

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
 * Remembers in which seconds pods and others called, for as long as the board shows.
 * Takes no lock, as {@link ProbeHistory}.
 */
@Component
public final class OtherCalls {

	static final int CAPACITY = 300;

	private final AtomicReferenceArray<Second> seconds = new AtomicReferenceArray<>(CAPACITY);

	/** Remembers a call of a pod's, or of someone's who is neither node nor loopback. */
	public void record(Call call) {
		Caller caller = call.attribution().caller();
		if (caller == Caller.POD || caller == Caller.OTHER) {
			Second second = Second.of(call);
			this.seconds.accumulateAndGet((int) (second.at().getEpochSecond() % CAPACITY), second, Second::plus);
		}
	}

	/** The seconds with such calls, at most {@value #CAPACITY}, the oldest first. */
	public List<Second> seconds() {
		return IntStream.range(0, CAPACITY)
			.mapToObj(this.seconds::get)
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(Second::at))
			.toList();
	}

	/**
	 * What came in one second.
	 *
	 * @param at its beginning
	 * @param count how many calls, at least 1
	 * @param wrong how many of them were answered with a 5xx
	 * @param source where the last one came from, or null where that is not known
	 * @param caller who sent the last one
	 */
	public record Second(Instant at, int count, int wrong, @Nullable String source, Caller caller) {

		static Second of(Call call) {
			return new Second(Instant.ofEpochSecond(call.time().getEpochSecond()), 1, (call.status() >= 500) ? 1 : 0,
					call.remoteAddress(), call.attribution().caller());
		}

		/** In the place of another second that is over. */
		private static Second plus(@Nullable Second sofar, Second call) {
			return (sofar == null || sofar.at.isBefore(call.at)) ? call
					: new Second(sofar.at, sofar.count + 1, sofar.wrong + call.wrong, call.source, call.caller);
		}

	}

}

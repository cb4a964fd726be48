package io.pyserver.board;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.probe.Call;
import io.pyserver.probe.OtherCalls;
import io.pyserver.probe.OtherCalls.Second;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeKind;

/**
 * What comes: a lane for each kind of probe, and one for pods and others.
 */
final class Arrivals {

	private final ProbeHistory probes;

	private final OtherCalls others;

	Arrivals(ProbeHistory probes, OtherCalls others) {
		this.probes = probes;
		this.others = others;
	}

	List<Lane> lanes(Instant now) {
		Map<ProbeKind, List<Call>> byKind = this.probes.calls()
			.stream()
			.collect(Collectors.groupingBy((call) -> call.attribution().probe()));
		return Stream
			.concat(Arrays.stream(ProbeKind.values())
				.filter((kind) -> isShown(kind, byKind))
				.map((kind) -> probes(kind, byKind.getOrDefault(kind, List.of()), now)), Stream.of(others(now)))
			.toList();
	}

	/**
	 * The shipped manifest has no startup probe, and a probe that says no kind is rare.
	 */
	private static boolean isShown(ProbeKind kind, Map<ProbeKind, List<Call>> byKind) {
		return switch (kind) {
			case LIVENESS, READINESS -> true;
			case STARTUP, UNKNOWN -> byKind.containsKey(kind);
			case NONE -> false;
		};
	}

	private static Lane probes(ProbeKind kind, List<Call> calls, Instant now) {
		return Lane.arrivals(kind.label(), calls.isEmpty() ? null : calls.getLast().remoteAddress(),
				calls.stream().map((call) -> new Tick(call.time(), !call.failed(), 1)).toList(), now);
	}

	private Lane others(Instant now) {
		Instant oldest = now.minus(Picture.SHOWN);
		List<Second> seconds = this.others.seconds().stream().filter((second) -> second.at().isAfter(oldest)).toList();
		return Lane.arrivals("others",
				seconds.isEmpty() ? null
						: Objects.requireNonNullElse(seconds.getLast().source(), "nobody known") + ", "
								+ seconds.getLast().caller().label(),
				seconds.stream().map((second) -> new Tick(second.at(), second.wrong() == 0, second.count())).toList(),
				now);
	}

}

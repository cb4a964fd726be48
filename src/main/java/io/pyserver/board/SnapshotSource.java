package io.pyserver.board;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import io.pyserver.PyserverProperties;
import io.pyserver.probe.Call;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.NodeRanges;
import io.pyserver.probe.NonNodeCalls;
import io.pyserver.probe.NonNodeCalls.CallsInSecond;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.probe.ProbeSwitch.Setting;

/** Takes the snapshots of the board. The lanes of egress are passed in. */
@Component
final class SnapshotSource {

	private final ProbeHistory probes;

	private final NonNodeCalls others;

	private final ProbeSwitch probeSwitch;

	private final Pod pod;

	SnapshotSource(ProbeHistory probes, NonNodeCalls others, ProbeSwitch probeSwitch, NodeRanges nodeRanges,
			CallerResolver callers, PyserverProperties properties) {
		this.probes = probes;
		this.others = others;
		this.probeSwitch = probeSwitch;
		this.pod = Pod.of(properties.board(), nodeRanges, callers);
	}

	Snapshot take(Instant now, List<Lane> egress) {
		Map<String, Setting> switches = new LinkedHashMap<>();
		Stream.of(ProbeKind.LIVENESS, ProbeKind.READINESS)
			.forEach((kind) -> switches.put(kind.label(), this.probeSwitch.setting(kind)));
		return new Snapshot(now, Stream.concat(arrivals(now), egress.stream()).toList(), switches, this.pod);
	}

	/** A lane for each kind of probe, and one for calls from pods and others. */
	private Stream<Lane> arrivals(Instant now) {
		Map<ProbeKind, List<Call>> byKind = this.probes.calls()
			.stream()
			.collect(Collectors.groupingBy((call) -> call.attribution().probe()));
		return Stream.concat(Arrays.stream(ProbeKind.values())
			.filter((kind) -> isShown(kind, byKind))
			.map((kind) -> probes(kind, byKind.getOrDefault(kind, List.of()), now)), Stream.of(others(now)));
	}

	/** A lane of startup or unknown probes is shown if the history has such a probe. */
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
		Instant oldest = now.minus(Snapshot.MAX_AGE);
		List<CallsInSecond> seconds = this.others.seconds().stream().filter((it) -> it.at().isAfter(oldest)).toList();
		return Lane.arrivals("others",
				seconds.isEmpty() ? null
						: Objects.requireNonNullElse(seconds.getLast().source(), "nobody known") + ", "
								+ seconds.getLast().caller().label(),
				seconds.stream()
					.map((second) -> new Tick(second.at(), second.serverErrors() == 0, second.count()))
					.toList(),
				now);
	}

}

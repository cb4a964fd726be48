package io.pyserver.board;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import io.pyserver.PyserverProperties;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.NodeRanges;
import io.pyserver.probe.OtherCalls;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.probe.ProbeSwitch.Setting;

/**
 * All that a picture is taken of, but for the attempts to get out.
 */
@Component
final class Scene {

	private final Arrivals arrivals;

	private final ProbeSwitch probeSwitch;

	private final Pod pod;

	Scene(ProbeHistory probes, OtherCalls others, ProbeSwitch probeSwitch, NodeRanges nodeRanges,
			CallerResolver callers, PyserverProperties properties) {
		this.arrivals = new Arrivals(probes, others);
		this.probeSwitch = probeSwitch;
		this.pod = Pod.of(properties.board(), nodeRanges, callers);
	}

	Picture picture(Instant now, List<Lane> egress) {
		Map<String, Setting> switches = new LinkedHashMap<>();
		Stream.of(ProbeKind.LIVENESS, ProbeKind.READINESS)
			.forEach((kind) -> switches.put(kind.label(), this.probeSwitch.setting(kind)));
		return new Picture(now, Stream.concat(this.arrivals.lanes(now).stream(), egress.stream()).toList(), switches,
				this.pod);
	}

}

package io.pyserver.board;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.probe.ProbeSwitch.Setting;

/**
 * All that a picture is taken of, but for the attempts to get out.
 */
final class Scene {

	private final Arrivals arrivals;

	private final ProbeSwitch probeSwitch;

	Scene(Arrivals arrivals, ProbeSwitch probeSwitch) {
		this.arrivals = arrivals;
		this.probeSwitch = probeSwitch;
	}

	Picture picture(Instant now, List<Lane> egress) {
		Map<ProbeKind, Setting> switches = new EnumMap<>(ProbeKind.class);
		Stream.of(ProbeKind.LIVENESS, ProbeKind.READINESS)
			.forEach((kind) -> switches.put(kind, this.probeSwitch.setting(kind)));
		return new Picture(now, Stream.concat(this.arrivals.lanes(now).stream(), egress.stream()).toList(), switches);
	}

}

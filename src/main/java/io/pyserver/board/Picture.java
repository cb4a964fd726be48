package io.pyserver.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch.Setting;

/**
 * What the board shows at a moment.
 *
 * @param at the moment
 * @param lanes from top to bottom
 * @param switches how the probes are set that have a switch
 */
record Picture(Instant at, List<Lane> lanes, Map<ProbeKind, Setting> switches) {

	/** So far back it shows ticks. */
	static final Duration SHOWN = Duration.ofMinutes(5);

	Picture {
		Instant oldest = at.minus(SHOWN);
		lanes = lanes.stream().map((lane) -> lane.only((tick) -> tick.at().isAfter(oldest))).toList();
		switches = new TreeMap<>(switches);
	}

	/** The same with those ticks alone that another one had not. */
	Picture since(Picture before) {
		return new Picture(this.at,
				this.lanes.stream().map((lane) -> lane.since(before.lane(lane.id()).orElse(null))).toList(),
				this.switches);
	}

	Optional<Lane> lane(String id) {
		return this.lanes.stream().filter((lane) -> lane.id().equals(id)).findAny();
	}

}

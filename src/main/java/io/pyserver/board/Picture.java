package io.pyserver.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

import io.pyserver.probe.ProbeSwitch.Setting;

/**
 * What the board shows at a moment.
 *
 * @param now the moment
 * @param lanes from top to bottom
 * @param switches how the probes are set that have a switch, by their labels
 * @param pod where it is, or null where that has been said
 */
@JsonInclude(Include.NON_NULL)
record Picture(Instant now, List<Lane> lanes, Map<String, Setting> switches, @Nullable Pod pod) {

	/** So far back it shows ticks. */
	static final Duration SHOWN = Duration.ofMinutes(5);

	Picture {
		Instant oldest = now.minus(SHOWN);
		lanes = lanes.stream().map((lane) -> lane.only((tick) -> tick.at().isAfter(oldest))).toList();
	}

	/** What is new since another one: its ticks alone, and not where it is. */
	Picture since(Picture before) {
		return new Picture(this.now,
				this.lanes.stream().map((lane) -> lane.since(before.lane(lane.id()).orElse(null))).toList(),
				this.switches, null);
	}

	private Optional<Lane> lane(String id) {
		return this.lanes.stream().filter((lane) -> lane.id().equals(id)).findAny();
	}

}

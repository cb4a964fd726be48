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
 * What the board shows at one time.
 *
 * @param now the time of the snapshot
 * @param lanes from top to bottom
 * @param switches the setting of each probe that has a switch, by label
 * @param pod the pod, or null in a snapshot of changes
 */
@JsonInclude(Include.NON_NULL)
record Snapshot(Instant now, List<Lane> lanes, Map<String, Setting> switches, @Nullable Pod pod) {

	static final Duration MAX_AGE = Duration.ofMinutes(5);

	Snapshot {
		Instant oldest = now.minus(MAX_AGE);
		lanes = lanes.stream().map((lane) -> lane.withTicks((tick) -> tick.at().isAfter(oldest))).toList();
	}

	/** Returns the changes since an earlier snapshot: the new ticks, and no pod. */
	Snapshot changesSince(Snapshot before) {
		return new Snapshot(this.now,
				this.lanes.stream().map((lane) -> lane.changesSince(before.lane(lane.id()).orElse(null))).toList(),
				this.switches, null);
	}

	private Optional<Lane> lane(String id) {
		return this.lanes.stream().filter((lane) -> lane.id().equals(id)).findAny();
	}

}

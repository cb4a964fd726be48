package io.pyserver.board;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events for the page: {@code all} and {@code news}, each with JSON.
 */
final class Events implements Form {

	private final Supplier<JsonMapper> json;

	private final Pod pod;

	Events(Supplier<JsonMapper> json, Pod pod) {
		this.json = json;
		this.pod = pod;
	}

	@Override
	public String contentType() {
		return "text/event-stream;charset=utf-8";
	}

	@Override
	public byte[] all(Picture picture) {
		return event("all", Shown.of(this.pod, picture));
	}

	@Override
	public byte[] news(Picture before, Picture now) {
		return event("news", Shown.of(null, now.since(before)));
	}

	/** Sent anew from the beginning a second after it broke off. */
	private byte[] event(String name, Shown data) {
		return ("retry: 1000\nevent: " + name + "\ndata: " + this.json.get().writeValueAsString(data) + "\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	/** Times are in milliseconds since 1970. */
	private record Shown(@Nullable Pod pod, long now, List<ShownLane> lanes, Map<String, ShownSwitch> switches) {

		static Shown of(@Nullable Pod pod, Picture picture) {
			Map<String, ShownSwitch> switches = new LinkedHashMap<>();
			picture.switches()
				.forEach((kind, setting) -> switches.put(kind.label(),
						new ShownSwitch(setting.broken(), setting.delay().toMillis())));
			return new Shown(pod, picture.at().toEpochMilli(), picture.lanes().stream().map(ShownLane::of).toList(),
					switches);
		}

	}

	private record ShownLane(String id, String title, String state, String word, @Nullable String source,
			@Nullable String interval, String longestGap, List<Tick> ticks) {

		static ShownLane of(Lane lane) {
			return new ShownLane(lane.id(), lane.title(), lane.state().sort().label(), lane.state().word(),
					lane.source(), (lane.rhythm().interval() != null) ? Words.seconds(lane.rhythm().interval()) : null,
					Words.seconds(lane.rhythm().longestGap()), lane.ticks());
		}

	}

	private record ShownSwitch(boolean broken, long delayMs) {
	}

}

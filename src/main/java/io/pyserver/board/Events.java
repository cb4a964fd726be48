package io.pyserver.board;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonWriter;

import io.pyserver.board.Pod.NodeRange;
import io.pyserver.probe.ProbeSwitch.Setting;

/**
 * Server-sent events for the page: {@code all} and {@code news}, each with JSON in which
 * times are milliseconds since 1970. Spring Boot's writer is loaded for the log already;
 * Jackson takes 1 MB more, and half of that where nobody ever looks.
 */
final class Events implements Form {

	private static final JsonWriter<Map<String, @Nullable Object>> JSON = JsonWriter.standard();

	private final Pod pod;

	Events(Pod pod) {
		this.pod = pod;
	}

	@Override
	public String contentType() {
		return "text/event-stream;charset=utf-8";
	}

	@Override
	public byte[] all(Picture picture) {
		Map<String, @Nullable Object> shown = shown(picture);
		shown.put("pod", shown(this.pod));
		return event("all", shown);
	}

	@Override
	public byte[] news(Picture before, Picture now) {
		return event("news", shown(now.since(before)));
	}

	/** Sent anew from the beginning a second after it broke off. */
	private static byte[] event(String name, Map<String, @Nullable Object> data) {
		return ("retry: 1000\nevent: " + name + "\ndata: " + JSON.writeToString(data) + "\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	private static Map<String, @Nullable Object> shown(Picture picture) {
		Map<String, Object> switches = new HashMap<>();
		picture.switches().forEach((probe, setting) -> switches.put(probe.label(), shown(setting)));
		Map<String, @Nullable Object> shown = new HashMap<>();
		shown.put("now", picture.at().toEpochMilli());
		shown.put("lanes", picture.lanes().stream().map(Events::shown).toList());
		shown.put("switches", switches);
		return shown;
	}

	private static Map<String, @Nullable Object> shown(Pod pod) {
		Map<String, @Nullable Object> shown = new HashMap<>();
		shown.put("host", pod.host());
		shown.put("node", pod.node());
		shown.put("addresses", pod.addresses());
		shown.put("started", pod.started());
		shown.put("nodeRanges", pod.nodeRanges().stream().map(Events::shown).toList());
		shown.put("podRanges", pod.podRanges());
		return shown;
	}

	private static Map<String, String> shown(NodeRange range) {
		return Map.of("range", range.range(), "why", range.why());
	}

	private static Map<String, @Nullable Object> shown(Lane lane) {
		Map<String, @Nullable Object> shown = new HashMap<>();
		shown.put("id", lane.id());
		shown.put("title", lane.title());
		shown.put("state", lane.state().sort().label());
		shown.put("word", lane.state().word());
		shown.put("source", lane.source());
		shown.put("interval", (lane.rhythm().interval() != null) ? Words.seconds(lane.rhythm().interval()) : null);
		shown.put("longestGap", Words.seconds(lane.rhythm().longestGap()));
		shown.put("ticks", lane.ticks().stream().map(Events::numbers).toList());
		return shown;
	}

	private static Map<String, Object> shown(Setting setting) {
		return Map.of("broken", setting.broken(), "delayMs", setting.delay().toMillis());
	}

	/** As short as it can be: a board that opens is sent hundreds. */
	private static long[] numbers(Tick tick) {
		return new long[] { tick.at().toEpochMilli(), tick.good() ? 1 : 0, tick.count() };
	}

}

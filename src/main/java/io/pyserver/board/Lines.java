package io.pyserver.board;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.pyserver.board.LaneState.Sort;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch.Setting;

/**
 * Lines for a person at a terminal, one statement each: what came, what changed, and
 * every few seconds how the rest is.
 */
final class Lines implements Form {

	private static final long REPEATED_SECONDS = 5;

	private final Pod pod;

	Lines(Pod pod) {
		this.pod = pod;
	}

	@Override
	public String contentType() {
		return "text/plain;charset=utf-8";
	}

	@Override
	public byte[] all(Picture picture) {
		List<String> lines = new ArrayList<>();
		lines.add("pod " + this.pod.host() + ((this.pod.node() != null) ? " on node " + this.pod.node() : "") + ", "
				+ String.join(", ", this.pod.addresses()));
		this.pod.nodeRanges().forEach((node) -> lines.add("the node is " + node.range() + ": " + node.why()));
		picture.switches().forEach((kind, setting) -> lines.add(switched(kind, setting)));
		picture.lanes().forEach((lane) -> lines.add(lane(lane)));
		return print(picture, lines);
	}

	@Override
	public byte[] news(Picture before, Picture now) {
		List<String> lines = new ArrayList<>();
		now.switches().forEach((kind, setting) -> {
			if (!setting.equals(before.switches().get(kind))) {
				lines.add(switched(kind, setting));
			}
		});
		boolean repeated = now.at().getEpochSecond() / REPEATED_SECONDS != before.at().getEpochSecond()
				/ REPEATED_SECONDS;
		for (Lane lane : now.lanes()) {
			Sort sort = lane.state().sort();
			Sort was = before.lane(lane.id()).map((earlier) -> earlier.state().sort()).orElse(null);
			boolean told = switch (sort) {
				case ARRIVING, FAILING -> hasNews(lane, before);
				case SILENT, OPEN, BLOCKED -> repeated;
				case NONE -> false;
			};
			if (told || sort != was) {
				lines.add(lane(lane));
			}
		}
		if (lines.isEmpty() && repeated) {
			lines.add("nothing new"); // That nobody reads shows when it is written to.
		}
		return print(now, lines);
	}

	private static boolean hasNews(Lane lane, Picture before) {
		return !lane.since(before.lane(lane.id()).orElse(null)).ticks().isEmpty();
	}

	private static String lane(Lane lane) {
		StringBuilder line = new StringBuilder(lane.title()).append(": ").append(lane.state().word());
		boolean egress = lane.state().sort() == Sort.OPEN || lane.state().sort() == Sort.BLOCKED;
		if (lane.source() != null) {
			line.append(egress ? ", to " : ", from ").append(lane.source());
		}
		if (lane.rhythm().interval() != null) {
			line.append(", every ").append(Words.seconds(lane.rhythm().interval()));
		}
		if (lane.rhythm().last() != null) {
			line.append(", longest gap ").append(Words.seconds(lane.rhythm().longestGap()));
		}
		return line.toString();
	}

	private static String switched(ProbeKind kind, Setting setting) {
		return kind.label() + " is " + (setting.broken() ? "broken on purpose" : "answered as it should be")
				+ (setting.delay().isPositive() ? ", " + Words.seconds(setting.delay()) + " late" : "");
	}

	private static byte[] print(Picture picture, List<String> lines) {
		StringBuilder text = new StringBuilder();
		lines.forEach((line) -> text.append(Words.clock(picture.at())).append(' ').append(line).append('\n'));
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

}

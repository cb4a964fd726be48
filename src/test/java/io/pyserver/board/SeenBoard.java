package io.pyserver.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pyserver.operator.PortForward;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a pod's board says over a port-forward: its events as they come. When they end
 * they are asked for again, every second, as the page does it.
 */
final class SeenBoard implements AutoCloseable {

	private static final String DATA = "data:";

	private final PortForward operator;

	private final List<Moment> moments = new CopyOnWriteArrayList<>();

	private final Thread reader;

	SeenBoard(PortForward operator) {
		this.operator = operator;
		this.reader = Thread.ofVirtual().start(this::read);
	}

	private void read() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				readOn();
				Thread.sleep(1_000);
			}
		}
		catch (InterruptedException ex) {
			// It is closed.
		}
	}

	private void readOn() throws InterruptedException {
		try (var lines = this.operator.lines("/board/events", "text/event-stream")) {
			lines.filter((line) -> line.startsWith(DATA))
				.forEach((line) -> this.moments
					.add(new Moment(Instant.now(), JsonMapper.shared().readTree(line.substring(DATA.length())))));
		}
		catch (IOException | UncheckedIOException ex) {
			// The pod restarts.
		}
	}

	/** All so far. */
	List<Moment> moments() {
		return this.moments;
	}

	/** The state of a lane now; empty before the first. */
	String state(String lane) {
		return this.moments.isEmpty() ? "" : this.moments.getLast().state(lane);
	}

	/** When the process that sent the latest events started, in epoch ms, or 0. */
	long started() {
		return this.moments.stream()
			.map((moment) -> moment.told().at("/pod/started").asLong(0))
			.reduce(0L, (before, now) -> (now != 0) ? now : before);
	}

	@Override
	public void close() {
		this.reader.interrupt();
	}

	/**
	 * One event.
	 *
	 * @param at when it was heard
	 */
	record Moment(Instant at, JsonNode told) {

		/** The state of the first lane whose id starts with the given text. */
		String state(String lane) {
			return this.told.path("lanes")
				.valueStream()
				.filter((each) -> each.path("id").asString("").startsWith(lane))
				.map((each) -> each.path("state").asString(""))
				.findFirst()
				.orElse("");
		}

	}

}

package io.pyserver.board;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.ServerResponse.SseBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The open boards. While one is open, one thread tries the egress targets and takes a
 * snapshot each second. Each board has a virtual thread of its own that sends to it, so a
 * slow client does not delay the others.
 */
final class Boards implements SmartLifecycle {

	/** An open board takes a connection and Tomcat's buffers for a request. */
	static final int MOST = 64;

	private static final Logger logger = LoggerFactory.getLogger(Boards.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private static final Duration NO_END = Duration.ZERO;

	private final Scene scene;

	private final EgressTargets targets;

	private final JsonMapper json;

	private Watch watch = new Watch();

	private int open;

	private boolean running;

	Boards(Scene scene, EgressTargets targets, JsonMapper json) {
		this.scene = scene;
		this.targets = targets;
		this.json = json;
		this.watch.end();
	}

	/** Opens a board. It answers 503 at the limit, and when the service stops. */
	synchronized ServerResponse open() {
		if (!this.running || this.open >= MOST) {
			return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
				.contentType(MediaType.TEXT_PLAIN)
				.body(MOST + " boards are open, and no more can be; close one and open this one again\n");
		}
		return ServerResponse.sse((board) -> Thread.ofVirtual().name("board").start(() -> show(board)), NO_END);
	}

	/**
	 * Counts the board for as long as this thread runs, even if its request ends before.
	 * Of boards that open at the same time, those above the limit are completed here.
	 */
	private void show(SseBuilder board) {
		Watch current = enter();
		if (current == null) {
			board.complete();
			return;
		}
		try {
			long seen = 0;
			for (Moment moment = current.after(0); moment != null; moment = current.after(seen)) {
				boolean next = seen > 0 && seen == moment.number() - 1;
				board.event(next ? "news" : "all").retry(PERIOD).data(next ? moment.news().get() : moment.all().get());
				seen = moment.number();
			}
			board.complete();
		}
		catch (IOException ex) {
			// The client has left, or has stopped reading. Tomcat ends the request.
		}
		catch (InterruptedException ex) {
			board.complete();
		}
		finally {
			leave();
		}
	}

	private synchronized @Nullable Watch enter() {
		if (this.open >= MOST) {
			return null;
		}
		this.open++;
		if (this.running && this.watch.isOver()) {
			Watch begun = new Watch();
			Thread.ofPlatform().daemon().name("board").start(() -> keep(begun));
			this.watch = begun;
		}
		return this.watch;
	}

	private synchronized void leave() {
		this.open--;
	}

	private void keep(Watch watch) {
		try (Egress egress = new Egress(this.targets.all())) {
			Moment moment = null;
			while (!endIfNobodyLooks(watch)) {
				long next = System.nanoTime() + PERIOD.toNanos();
				egress.tryAll();
				Instant now = Instant.now();
				moment = Moment.of(this.scene.picture(now, egress.lanes(now)), moment, this.json);
				watch.publish(moment);
				Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
			}
		}
		catch (InterruptedException ex) {
			logger.warn("The thread that takes the board's snapshots was interrupted");
		}
		finally {
			watch.end();
		}
	}

	/**
	 * Checks and closes under one lock: a board that opens later gets a new publisher.
	 */
	private synchronized boolean endIfNobodyLooks(Watch watch) {
		if (this.open == 0) {
			watch.end();
		}
		return watch.isOver();
	}

	@Override
	public synchronized void start() {
		this.running = true;
	}

	/** Runs before the web server waits for requests to end. */
	@Override
	public synchronized void stop() {
		this.running = false;
		this.watch.end();
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

}

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
 * The boards that are open. While there is one, one thread looks once a second; with none
 * there is no thread, and no attempt to get out. Each board waits on a virtual thread of
 * its own, so that one which reads slowly holds up no other.
 */
final class Boards implements SmartLifecycle {

	/** Each keeps a connection, and what Tomcat needs for a request. */
	static final int MOST = 64;

	private static final Logger logger = LoggerFactory.getLogger(Boards.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	/** A board lasts until one of both ends leaves. */
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

	/** The answer to who opens one more. */
	synchronized ServerResponse open() {
		if (!this.running || this.open >= MOST) {
			return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
				.contentType(MediaType.TEXT_PLAIN)
				.body(MOST + " boards are open, and no more can be; close one and open this one again\n");
		}
		return ServerResponse.sse((board) -> Thread.ofVirtual().name("board").start(() -> show(board)), NO_END);
	}

	/**
	 * The place is taken and given back here, whatever becomes of the request meanwhile.
	 * Of many that come at once, those for which there is none end here.
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
			// Whoever looked has left, or has stopped reading: Tomcat ends the request.
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
			logger.warn("The boards are ended");
		}
		finally {
			watch.end();
		}
	}

	/** As one act: whoever opens a board afterwards gets another watch. */
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

	/** Before the web server waits for requests to end. */
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

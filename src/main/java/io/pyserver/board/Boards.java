package io.pyserver.board;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boards that are open. While there is one, one thread looks once a second; with none
 * there is no thread, and no attempt to get out.
 */
final class Boards {

	/** Each keeps a connection, and what Tomcat needs for a request. */
	static final int MOST = 64;

	private static final Logger logger = LoggerFactory.getLogger(Boards.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private final Scene scene;

	private final List<EgressTarget> targets;

	private @Nullable Watch watch;

	private int open;

	private boolean closed;

	Boards(Scene scene, List<EgressTarget> targets) {
		this.scene = scene;
		this.targets = targets;
	}

	/**
	 * Opens one more.
	 * @return empty where there are too many, or the service stops
	 */
	synchronized Optional<Watch> open() {
		if (this.closed || this.open >= MOST) {
			return Optional.empty();
		}
		this.open++;
		Watch current = this.watch;
		if (current == null || current.isOver()) {
			Watch begun = new Watch();
			Thread.ofPlatform().daemon().name("board").start(() -> keep(begun));
			this.watch = begun;
			current = begun;
		}
		return Optional.of(current);
	}

	/** One has ended. */
	synchronized void close() {
		this.open--;
	}

	/** The service stops, and no board keeps it. */
	synchronized void closeAll() {
		this.closed = true;
		if (this.watch != null) {
			this.watch.end();
		}
	}

	private void keep(Watch watch) {
		try (Egress egress = new Egress(this.targets)) {
			Moment moment = null;
			while (!endIfNobodyLooks(watch)) {
				long next = System.nanoTime() + PERIOD.toNanos();
				egress.tryAll();
				Instant now = Instant.now();
				Picture picture = this.scene.picture(now, egress.lanes(now));
				moment = (moment != null) ? moment.next(picture) : Moment.first(picture);
				watch.publish(moment);
				Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
			}
		}
		catch (IOException | InterruptedException ex) {
			logger.warn("The boards are ended: {}", ex.getMessage());
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

}

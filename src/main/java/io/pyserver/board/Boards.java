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

	/** The maximum number of open boards. Each takes a connection and its buffers. */
	static final int MAX_OPEN = 64;

	private static final Logger logger = LoggerFactory.getLogger(Boards.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private static final Duration NO_TIMEOUT = Duration.ZERO;

	private final SnapshotSource snapshots;

	private final EgressTargets targets;

	private final JsonMapper json;

	private SnapshotPublisher publisher = new SnapshotPublisher();

	private int open;

	private boolean running;

	Boards(SnapshotSource snapshots, EgressTargets targets, JsonMapper json) {
		this.snapshots = snapshots;
		this.targets = targets;
		this.json = json;
		this.publisher.close();
	}

	/** Opens a board. It answers 503 at the limit, and when the service stops. */
	synchronized ServerResponse open() {
		if (!this.running || this.open >= MAX_OPEN) {
			return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
				.contentType(MediaType.TEXT_PLAIN)
				.body(MAX_OPEN + " boards are open, and no more can be; close one and open this one again\n");
		}
		return ServerResponse.sse((board) -> Thread.ofVirtual().name("board").start(() -> send(board)), NO_TIMEOUT);
	}

	/**
	 * Sends snapshots to a board. The board counts until this method returns, even if its
	 * request ends earlier. A board above the limit is completed at once.
	 */
	private void send(SseBuilder board) {
		SnapshotPublisher current = register();
		if (current == null) {
			board.complete();
			return;
		}
		try {
			long sent = 0;
			for (PublishedSnapshot snapshot = current.awaitAfter(0); snapshot != null; snapshot = current
				.awaitAfter(sent)) {
				boolean next = sent > 0 && sent == snapshot.number() - 1;
				board.event(next ? "news" : "all")
					.retry(PERIOD)
					.data(next ? snapshot.changes().get() : snapshot.full().get());
				sent = snapshot.number();
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
			unregister();
		}
	}

	private synchronized @Nullable SnapshotPublisher register() {
		if (this.open >= MAX_OPEN) {
			return null;
		}
		this.open++;
		if (this.running && this.publisher.isClosed()) {
			SnapshotPublisher started = new SnapshotPublisher();
			Thread.ofPlatform().daemon().name("board").start(() -> publishSnapshots(started));
			this.publisher = started;
		}
		return this.publisher;
	}

	private synchronized void unregister() {
		this.open--;
	}

	private void publishSnapshots(SnapshotPublisher publisher) {
		try (Egress egress = new Egress(this.targets.all())) {
			PublishedSnapshot snapshot = null;
			while (!closeIfUnused(publisher)) {
				long next = System.nanoTime() + PERIOD.toNanos();
				egress.connectToAll();
				Instant now = Instant.now();
				snapshot = PublishedSnapshot.of(this.snapshots.take(now, egress.lanes(now)), snapshot, this.json);
				publisher.publish(snapshot);
				Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
			}
		}
		catch (InterruptedException ex) {
			logger.warn("The thread that takes the board's snapshots was interrupted");
		}
		finally {
			publisher.close();
		}
	}

	/** Checks and closes under one lock. A later board gets a new publisher. */
	private synchronized boolean closeIfUnused(SnapshotPublisher publisher) {
		if (this.open == 0) {
			publisher.close();
		}
		return publisher.isClosed();
	}

	@Override
	public synchronized void start() {
		this.running = true;
	}

	/** Runs before the web server waits for requests to end. */
	@Override
	public synchronized void stop() {
		this.running = false;
		this.publisher.close();
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

}

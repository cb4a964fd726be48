package io.pyserver.board;

import org.jspecify.annotations.Nullable;

/**
 * Gives each snapshot to all boards that wait for one. It keeps the latest one alone. A
 * slow board sees by the number that it has missed some.
 */
final class SnapshotPublisher {

	private @Nullable PublishedSnapshot latest;

	private boolean closed;

	synchronized void publish(PublishedSnapshot snapshot) {
		this.latest = snapshot;
		notifyAll();
	}

	/**
	 * Waits for a later snapshot.
	 * @param number the number of the last one received, or 0
	 * @return null after the publisher was closed
	 */
	synchronized @Nullable PublishedSnapshot awaitAfter(long number) throws InterruptedException {
		while (!this.closed && (this.latest == null || this.latest.number() <= number)) {
			wait();
		}
		return this.closed ? null : this.latest;
	}

	synchronized void close() {
		this.closed = true;
		notifyAll();
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

}

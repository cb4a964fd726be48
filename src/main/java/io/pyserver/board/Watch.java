package io.pyserver.board;

import org.jspecify.annotations.Nullable;

/**
 * Gives each snapshot to all boards that wait for one. It keeps the latest one alone. A
 * slow board sees by the number that it has missed some.
 */
final class Watch {

	private @Nullable Moment latest;

	private boolean over;

	synchronized void publish(Moment moment) {
		this.latest = moment;
		notifyAll();
	}

	/**
	 * Waits for a later snapshot.
	 * @param number the number of the last one received, or 0
	 * @return null after the publisher was closed
	 */
	synchronized @Nullable Moment after(long number) throws InterruptedException {
		while (!this.over && (this.latest == null || this.latest.number() <= number)) {
			wait();
		}
		return this.over ? null : this.latest;
	}

	synchronized void end() {
		this.over = true;
		notifyAll();
	}

	synchronized boolean isOver() {
		return this.over;
	}

}

package io.pyserver.board;

import org.jspecify.annotations.Nullable;

/**
 * Hands each moment to all boards that wait for it. Nothing is kept for one that is slow:
 * when it asks again it gets the latest, and sees by the number that it missed some.
 */
final class Watch {

	private @Nullable Moment latest;

	private boolean over;

	synchronized void publish(Moment moment) {
		this.latest = moment;
		notifyAll();
	}

	/**
	 * Waits for a later one.
	 * @param number that of the last one seen, or 0
	 * @return null where there will be none
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

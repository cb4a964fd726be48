package io.pyserver.connection;

import java.util.concurrent.atomic.LongAdder;

import org.springframework.stereotype.Component;

/** What became of connections that there was no room for, since the start. */
@Component
public final class ConnectionCounts {

	private final LongAdder shed = new LongAdder();

	private final LongAdder ended = new LongAdder();

	public void countShed() {
		this.shed.increment();
	}

	void countEnded() {
		this.ended.increment();
	}

	/** Connections that were closed as soon as they came, all others being busy. */
	public long shed() {
		return this.shed.sum();
	}

	/** Connections that were ended to make room for another. */
	public long ended() {
		return this.ended.sum();
	}

}

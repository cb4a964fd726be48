package io.pyserver.connection;

import java.util.concurrent.atomic.LongAdder;

import org.springframework.stereotype.Component;

/** Counts the connections that were closed or evicted since the start. */
@Component
public final class ConnectionCounts {

	private final LongAdder shed = new LongAdder();

	private final LongAdder evicted = new LongAdder();

	public void countShed() {
		this.shed.increment();
	}

	void countEvicted() {
		this.evicted.increment();
	}

	/** Connections that were closed on arrival because a limit was reached. */
	public long shed() {
		return this.shed.sum();
	}

	/** Connections that were evicted to make room for another. */
	public long evicted() {
		return this.evicted.sum();
	}

}

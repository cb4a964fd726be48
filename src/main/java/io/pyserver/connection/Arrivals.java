package io.pyserver.connection;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Connections that wait to be accepted. In a flood a probe stands in line behind
 * thousands of them, and so they have to go faster than they could be served.
 */
final class Arrivals implements Closeable {

	/** No fewer than can be kept: clients that wait for their answers are no flood. */
	private final int most;

	private final ServerSocketChannel door;

	private final Selector selector;

	private int inARow;

	Arrivals(ServerSocketChannel door, int most) throws IOException {
		this.door = door;
		this.most = most;
		this.selector = Selector.open();
		door.configureBlocking(false).register(this.selector, SelectionKey.OP_ACCEPT);
	}

	/** Waits for one if there is none. */
	SocketChannel next() throws IOException {
		SocketChannel newcomer = this.door.accept();
		this.inARow = (newcomer != null) ? this.inARow + 1 : 0;
		while (newcomer == null) {
			this.selector.select((_) -> {
			});
			newcomer = this.door.accept();
		}
		return newcomer;
	}

	/** How many came since last there was none, beyond those that could be kept. */
	int tooMany() {
		return Math.max(0, this.inARow - this.most);
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
	}

}

package io.pyserver.connection;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * Connections that wait to be accepted: the node's in a queue of their own where there is
 * one, and everyone else's. In a flood thousands of them wait, and so they have to go
 * faster than they could be served.
 */
final class Arrivals implements Closeable {

	/** No fewer than can be kept: clients that wait for their answers are no flood. */
	private final int most;

	private final ServerSocketChannel everyone;

	private final Selector selector;

	private final @Nullable ServerSocketChannel node;

	private boolean nodesTurn;

	private int inARow;

	Arrivals(ServerSocketChannel everyone, @Nullable ServerSocketChannel node, int most) throws IOException {
		this.everyone = everyone;
		this.node = node;
		this.most = most;
		this.selector = Selector.open();
		listenTo(everyone);
		if (node != null) {
			listenTo(node);
		}
	}

	/** Waits for one if there is none. */
	SocketChannel next() throws IOException {
		SocketChannel newcomer = accept();
		this.inARow = (newcomer != null) ? this.inARow + 1 : 0;
		while (newcomer == null) {
			this.selector.select((_) -> {
			});
			newcomer = accept();
		}
		return newcomer;
	}

	/** How many came since last there was none, beyond those that could be kept. */
	int tooMany() {
		return Math.max(0, this.inARow - this.most);
	}

	@Override
	public void close() throws IOException {
		if (this.node != null) {
			this.node.close();
		}
		this.selector.close();
	}

	private void listenTo(ServerSocketChannel queue) throws IOException {
		queue.configureBlocking(false).register(this.selector, SelectionKey.OP_ACCEPT);
	}

	/** In turns: a flood that comes as the node holds up nobody else. */
	private @Nullable SocketChannel accept() throws IOException {
		if (this.node == null) {
			return this.everyone.accept();
		}
		this.nodesTurn = !this.nodesTurn;
		SocketChannel first = (this.nodesTurn ? this.node : this.everyone).accept();
		return (first != null) ? first : (this.nodesTurn ? this.everyone : this.node).accept();
	}

}

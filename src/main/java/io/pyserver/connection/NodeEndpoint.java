package io.pyserver.connection;

import java.io.IOException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * Serves the node, whose connections to everyone's port wait in a queue of their own. Of
 * its threads, locks and places nobody else can hold any.
 */
final class NodeEndpoint extends BoundedEndpoint {

	private final BoundedEndpoint everyone;

	private final SourceFilter node;

	private @Nullable ServerSocketChannel queue;

	NodeEndpoint(BoundedEndpoint everyone, SourceFilter node) {
		this.everyone = everyone;
		this.node = node;
	}

	@Override
	protected void initServerSocket() throws IOException {
		this.queue = NodeQueue.beside(this.everyone.queue(), getAcceptCount(), this.node);
	}

	@Override
	protected @Nullable NetworkChannel getServerSocket() {
		return this.queue;
	}

	@Override
	protected void doCloseServerSocket() throws IOException {
		if (this.queue != null) {
			this.queue.close();
		}
	}

	/** Everyone's, of which there are more. */
	@Override
	void spareDescriptors() {
		this.everyone.spareDescriptors();
	}

}

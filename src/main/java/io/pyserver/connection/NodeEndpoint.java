package io.pyserver.connection;

import java.io.IOException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * Serves the node, whose connections to the shared port have a backlog of their own. No
 * other client can use its threads or its connection limit.
 */
final class NodeEndpoint extends BoundedEndpoint {

	private final BoundedEndpoint general;

	private final SourceFilter nodeFilter;

	private @Nullable ServerSocketChannel queue;

	NodeEndpoint(BoundedEndpoint general, SourceFilter nodeFilter) {
		this.general = general;
		this.nodeFilter = nodeFilter;
	}

	@Override
	protected void initServerSocket() throws IOException {
		this.queue = NodeQueue.open(this.general.backlogSocket(), getAcceptCount(), this.nodeFilter);
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

	/** Evicts connections of the general endpoint, which has more of them. */
	@Override
	void evictForDescriptors() {
		this.general.evictForDescriptors();
	}

}

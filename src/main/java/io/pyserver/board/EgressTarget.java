package io.pyserver.board;

import java.net.InetSocketAddress;

/**
 * Where to.
 *
 * @param address a literal one, and a port
 * @param apiServer whether it is the cluster's own
 */
record EgressTarget(InetSocketAddress address, boolean apiServer) {

	/** Its lane's. */
	String id() {
		return this.apiServer ? "egress-api-server" : "egress-" + text();
	}

	/** As in {@code 10.43.0.1:443}. */
	String text() {
		String host = this.address.getAddress().getHostAddress();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + this.address.getPort();
	}

}

package io.pyserver.board;

import java.net.InetSocketAddress;

/**
 * Where to.
 *
 * @param address a literal one, and a port
 * @param title what the lane is called, without the address
 */
record EgressTarget(InetSocketAddress address, String title) {

	/** As in {@code 10.43.0.1:443}. */
	String text() {
		String host = this.address.getAddress().getHostAddress();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + this.address.getPort();
	}

}

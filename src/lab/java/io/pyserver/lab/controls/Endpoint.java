package io.pyserver.lab.controls;

import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.UrlHost;

/**
 * A pod that controls are tried to and from.
 *
 * @param node the name of its node
 * @param shell inside it
 * @param companion inside another pod that the same policies hold for
 */
public record Endpoint(String node, String ip, Shell shell, Shell companion) {

	/** The query tells a control from a probe in the log. */
	public String url() {
		return "http://" + UrlHost.of(this.ip) + "/?control";
	}

	/** Not to be fetched, but pinged. */
	String pingUrl() {
		return Round.PING + this.ip;
	}

}

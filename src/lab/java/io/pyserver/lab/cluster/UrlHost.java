package io.pyserver.lab.cluster;

/** The host of a URL. */
public final class UrlHost {

	private UrlHost() {
	}

	/** A name or an address as the host; an IPv6 address gets brackets. */
	public static String of(String host) {
		return host.contains(":") ? "[" + host + "]" : host;
	}

}

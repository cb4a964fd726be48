package io.pyserver.lab.cluster;

/** The host of a URL, for a name or an address of either IP family. */
public final class UrlHost {

	private UrlHost() {
	}

	/** An IPv6 address has brackets around it there; a name and IPv4 stay as they are. */
	public static String of(String host) {
		return host.contains(":") ? "[" + host + "]" : host;
	}

}

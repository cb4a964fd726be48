package io.pyserver.board;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A target of connection attempts. It is an IP address, because a policy may block DNS.
 *
 * @param address a literal IP address with a port
 * @param apiServer whether this is the cluster's API server
 */
public record EgressTarget(InetSocketAddress address, boolean apiServer) {

	private static final Pattern FORMAT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[0-9.]+):([1-9]\\d{0,4})");

	/**
	 * Parses a target that is not the API server.
	 * @param text such as {@code 10.43.0.10:53} or {@code [fd00::1]:443}
	 * @throws IllegalArgumentException when the text is malformed, with the text and the
	 * expected format
	 */
	public static EgressTarget of(String text) {
		Matcher matcher = FORMAT.matcher(text);
		try {
			if (matcher.matches()) {
				return of(matcher.group(1), matcher.group(2), false);
			}
		}
		catch (IllegalArgumentException ex) {
			// The exception below says why.
		}
		throw new IllegalArgumentException(
				"'" + text + "' has to be an address and a port, like 10.43.0.10:53 or [fd00::1]:443");
	}

	static EgressTarget of(String host, String port, boolean apiServer) {
		InetAddress address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
		return new EgressTarget(new InetSocketAddress(address, Integer.parseInt(port)), apiServer);
	}

	/** The id of its lane. */
	String id() {
		return this.apiServer ? "egress-api-server" : "egress-" + text();
	}

	/** Such as {@code 10.43.0.1:443}. */
	String text() {
		String host = this.address.getAddress().getHostAddress();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + this.address.getPort();
	}

}

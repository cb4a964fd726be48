package io.pyserver.probe;

import java.net.InetAddress;

import org.apache.catalina.util.NetMask;

/**
 * A range of IP addresses in CIDR notation. A single address is a range of one.
 *
 * @param mask matches the addresses of the range
 */
public record AddressRange(NetMask mask) {

	/**
	 * Parses a range.
	 * @param text such as {@code 10.42.0.0/16}, {@code fd00:42::/56} or {@code 10.42.0.1}
	 * @throws IllegalArgumentException when the text is malformed, with the text and the
	 * expected format
	 */
	public static AddressRange of(String text) {
		try {
			// NetMask would resolve a name by DNS.
			InetAddress.ofLiteral(text.split("/", 2)[0]);
			return new AddressRange(new NetMask(text));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'" + text + "' is no address range: write it like 10.42.0.0/16 or fd00:42::/56", ex);
		}
	}

}

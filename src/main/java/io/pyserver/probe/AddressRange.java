package io.pyserver.probe;

import java.net.InetAddress;

import org.apache.catalina.util.NetMask;

/**
 * Addresses in CIDR notation; a lone address is a range of one.
 *
 * @param mask what tells whether an address is one of them
 */
public record AddressRange(NetMask mask) {

	/**
	 * Reads a range.
	 * @param text such as {@code 10.42.0.0/16}, {@code fd00:42::/56} or {@code 10.42.0.1}
	 * @throws IllegalArgumentException when it is none, naming the value and the form
	 */
	public static AddressRange of(String text) {
		try {
			// NetMask would ask DNS for a name.
			InetAddress.ofLiteral(text.split("/", 2)[0]);
			return new AddressRange(new NetMask(text));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'" + text + "' is no address range: write it like 10.42.0.0/16 or fd00:42::/56", ex);
		}
	}

}

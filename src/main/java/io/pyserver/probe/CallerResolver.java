package io.pyserver.probe;

import java.net.InetAddress;
import java.util.List;

import org.apache.catalina.util.NetMask;
import org.apache.tomcat.util.net.IPv6Utils;
import org.jspecify.annotations.Nullable;

/**
 * Determines the caller by the address of a connection. It uses neither the API server
 * nor DNS, so it works under a default-deny egress policy.
 * <p>
 * The first match counts: loopback, node, pod, other. The node comes before the pods
 * because its gateway address is in their range.
 *
 * @param node the source addresses of the node
 * @param pods the source addresses of pods; empty when they are unknown
 */
public record CallerResolver(List<NetMask> node, List<NetMask> pods) {

	/**
	 * Determines the sender of a request.
	 * @param address the client's address, or null when it is unknown
	 * @param probe the kind that the request claims, as in the header
	 * {@value ProbeKind#HEADER}
	 * @param userAgent the header {@code User-Agent}
	 */
	public Attribution attribute(@Nullable String address, @Nullable String probe, @Nullable String userAgent) {
		Caller caller = caller(address);
		ProbeKind claim = ProbeKind.claimedBy(probe, userAgent);
		return (caller == Caller.NODE) ? new Attribution(caller, claim, false)
				: new Attribution(caller, ProbeKind.NONE, claim != ProbeKind.NONE);
	}

	/** Accepts IPv4 and IPv6, with or without a zone, and null for an unknown address. */
	Caller caller(@Nullable String address) {
		InetAddress caller = (address != null) ? InetAddress.ofLiteral(address) : null;
		if (caller == null) {
			return Caller.OTHER;
		}
		if (caller.isLoopbackAddress()) {
			return Caller.LOOPBACK;
		}
		if (this.node.stream().anyMatch((range) -> range.matches(caller))) {
			return Caller.NODE;
		}
		return this.pods.stream().anyMatch((range) -> range.matches(caller)) ? Caller.POD : Caller.OTHER;
	}

	/** Shortens an address: IPv6 without the longest run of zeros and without a zone. */
	public static @Nullable String shortest(@Nullable String address) {
		return (address != null) ? IPv6Utils.canonize(address.split("%", 2)[0]) : null;
	}

}

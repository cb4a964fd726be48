package io.pyserver.probe;

import java.net.InetAddress;
import java.util.List;

import org.apache.catalina.util.NetMask;
import org.apache.tomcat.util.net.IPv6Utils;
import org.jspecify.annotations.Nullable;

/**
 * Tells by a connection's address who is at its other end. Asks neither the API server
 * nor DNS, and so works where nothing may leave the pod.
 * <p>
 * The first that fits is taken: loopback, node, pod, other. The node comes before the
 * pods because its gateway address lies in their range.
 *
 * @param node where the node's own packets come from
 * @param pods where those of pods come from; empty where that is not known
 */
public record CallerResolver(List<NetMask> node, List<NetMask> pods) {

	/**
	 * Who sent a request, and as what.
	 * @param address the address of the connection's other end, or null when it is gone
	 * @param probe what it calls itself, as in the header {@value ProbeKind#HEADER}
	 * @param userAgent the header {@code User-Agent}
	 */
	public Attribution attribute(@Nullable String address, @Nullable String probe, @Nullable String userAgent) {
		Caller caller = caller(address);
		ProbeKind claim = ProbeKind.claimedBy(probe, userAgent);
		return (caller == Caller.NODE) ? new Attribution(caller, claim, false)
				: new Attribution(caller, ProbeKind.NONE, claim != ProbeKind.NONE);
	}

	/** IPv4 or IPv6, with or without a zone, or null when it is not known. */
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

	/** An address as it is shown: IPv6 without the longest run of zeros and a zone. */
	public static @Nullable String shortest(@Nullable String address) {
		return (address != null) ? IPv6Utils.canonize(address.split("%", 2)[0]) : null;
	}

}

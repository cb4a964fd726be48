package io.pyserver.lab.evidence;

import java.util.List;

/**
 * What a kubelet says where nothing came back in time. A target that was broken on
 * purpose answers, or refuses; so this is never what the lab asked for.
 */
public final class Silence {

	/**
	 * Of httpGet, tcpSocket, exec and grpc in Kubernetes 1.34, and of networks that say
	 * that there is no way.
	 */
	private static final List<String> SAID = List.of("context deadline exceeded", "i/o timeout", "timed out",
			"failed to connect service", "did not complete within", "no route to host", "network is unreachable");

	private Silence() {
	}

	/** Whether the message of an {@code Unhealthy} event tells of it. */
	public static boolean isToldBy(String message) {
		return SAID.stream().anyMatch(message::contains);
	}

}

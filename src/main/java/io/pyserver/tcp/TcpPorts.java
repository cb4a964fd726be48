package io.pyserver.tcp;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import io.pyserver.probe.ProbeKind;

/**
 * The ports of the property {@value #PROPERTY}.
 *
 * @param byKind a port from 1 to 65535 for each kind of probe that has one
 */
public record TcpPorts(Map<ProbeKind, Integer> byKind) {

	static final String PROPERTY = "pyserver.tcp-probes";

	/**
	 * Parses the property.
	 * @param value such as {@code liveness=9101,readiness=9102}, or empty
	 * @throws IllegalArgumentException when the value is malformed, with the value and
	 * the expected format
	 */
	public static TcpPorts of(String value) {
		Map<ProbeKind, Integer> byKind = new EnumMap<>(ProbeKind.class);
		if (!value.isBlank()) {
			for (String entry : value.split(",", -1)) {
				if (!add(entry.strip().split("=", 2), byKind)) {
					throw new IllegalArgumentException("'" + value
							+ "' has to be like liveness=9101,readiness=9102,startup=9103: each kind at most once,"
							+ " with a port from 1 to 65535 that no other has.");
				}
			}
		}
		return new TcpPorts(byKind);
	}

	private static boolean add(String[] entry, Map<ProbeKind, Integer> byKind) {
		Optional<ProbeKind> kind = ProbeKind.named(entry[0]);
		if (kind.isEmpty() || entry.length < 2 || !entry[1].matches("[1-9]\\d{0,4}")) {
			return false;
		}
		int port = Integer.parseInt(entry[1]);
		return port <= 65_535 && !byKind.containsValue(port) && byKind.put(kind.get(), port) == null;
	}

}

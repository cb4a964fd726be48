package io.pyserver.lab.k3s;

import io.pyserver.lab.cluster.LabException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** The IP families of a throw-away cluster; the first one is that of its probes. */
public enum IpFamilies {

	/** One family, as k3s has it by default. */
	IPV4("IPv4", List.of()),

	/** Both. */
	IPV4_FIRST("IPv4,IPv6", List.of("--cluster-cidr=10.42.0.0/16,fd42::/56", "--service-cidr=10.43.0.0/16,fd43::/112")),

	/** Both, the other way round. */
	IPV6_FIRST("IPv6,IPv4", List.of("--cluster-cidr=fd42::/56,10.42.0.0/16", "--service-cidr=fd43::/112,10.43.0.0/16"));

	private final String text;

	private final List<String> ranges;

	IpFamilies(String text, List<String> ranges) {
		this.text = text;
		this.ranges = ranges;
	}

	/**
	 * Reads the setting {@code lab.ip-families}.
	 * @throws LabException naming the value and what it may be
	 */
	static IpFamilies of(@Nullable String value) {
		return (value == null || value.isBlank()) ? IPV4
				: Arrays.stream(values())
					.filter((families) -> families.text.equalsIgnoreCase(value.replace(" ", "")))
					.findFirst()
					.orElseThrow(() -> new LabException("lab.ip-families=%s is none of %s".formatted(value,
							Arrays.stream(values()).map((each) -> each.text).collect(Collectors.joining("; ")))));
	}

	/** Whether there are two. */
	boolean areTwo() {
		return this != IPV4;
	}

	/** The server's flags, as k3s documents them for a cluster of two families. */
	List<String> ranges() {
		return this.ranges;
	}

	/** As the setting has it. */
	@Override
	public String toString() {
		return this.text;
	}

}

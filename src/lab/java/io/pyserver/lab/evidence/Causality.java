package io.pyserver.lab.evidence;

import java.util.List;

/**
 * Whether it is this probe that the kubelet acts on: it was made to fail under the
 * policies.
 *
 * @param broken what was done, in words
 * @param expected what had to follow, in words
 * @param followed whether it did
 * @param bystanders other pods that it happened to as well, and to which it must not
 * @param events what the kubelet said of it
 */
public record Causality(String broken, String expected, boolean followed, List<String> bystanders,
		List<String> events) {

	public Causality {
		bystanders = List.copyOf(bystanders);
		events = List.copyOf(events);
	}

}

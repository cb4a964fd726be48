package io.pyserver.lab;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/**
 * The namespaces of one run, known by a label and by a prefix that no other run has.
 *
 * @param run six hexadecimal digits
 */
record RunNamespaces(Kubectl kubectl, String run) {

	static final String LABEL = "io.pyserver.lab";

	private static final Duration GONE_WITHIN = Duration.ofMinutes(3);

	static RunNamespaces of(Kubectl kubectl) {
		return new RunNamespaces(kubectl, HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), 6));
	}

	String name(String purpose) {
		return "pyserver-lab-" + this.run + "-" + purpose;
	}

	Map<String, String> label() {
		return Map.of(LABEL, this.run);
	}

	/** Tells the cluster to remove all of them. */
	void remove() {
		this.kubectl.attempt("delete", "namespace", "-l", LABEL + "=" + this.run, "--wait=false");
	}

	/** Removes all of them, and waits until nothing is left. */
	void removeAndWait() {
		remove();
		await("the namespaces of this run are gone").atMost(GONE_WITHIN)
			.pollInterval(Duration.ofSeconds(1))
			.ignoreExceptionsInstanceOf(IllegalStateException.class)
			.until(() -> left().isEmpty());
	}

	private JsonNode left() {
		return this.kubectl.json("get", "namespaces", "-l", LABEL + "=" + this.run).path("items");
	}

}

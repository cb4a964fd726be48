package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/**
 * The namespaces of one run, known by a label and by a prefix that no other run has.
 *
 * @param access the kubectl of the cluster that is there by the time it is asked
 * @param run six hexadecimal digits
 */
public record RunNamespaces(Supplier<Kubectl> access, String run) {

	public static final String LABEL = "io.pyserver.lab";

	private static final Duration GONE_WITHIN = Duration.ofMinutes(3);

	static RunNamespaces of(Supplier<Kubectl> access) {
		return new RunNamespaces(access, HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), 6));
	}

	Kubectl kubectl() {
		return this.access.get();
	}

	public String name(String purpose) {
		return "pyserver-lab-" + this.run + "-" + purpose;
	}

	Map<String, String> label() {
		return Map.of(LABEL, this.run);
	}

	/** Tells the cluster to remove all of them. */
	void remove() {
		kubectl().attempt("delete", "namespace", "-l", LABEL + "=" + this.run, "--wait=false");
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
		return kubectl().json("get", "namespaces", "-l", LABEL + "=" + this.run).path("items");
	}

}

package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Selection;

/**
 * Every setting of the lab, from the system properties {@code lab.*}; docs/lab.md lists
 * them.
 *
 * @param context the kube context of an existing cluster, or null for a throw-away one
 * @param image the image as the pods of that cluster are to name it
 * @param k3sImage the node image of a throw-away cluster
 * @param nodes how many nodes a throw-away cluster has, 1 to 5, or how many of an
 * existing one's are used at most
 * @param everyNode whether each cell is tried on all of them, and not on one
 * @param ipFamilies those of a throw-away cluster
 * @param only the cells to run
 * @param period the probes' period, 1 to 20 whole seconds; exec has three times that
 * @param watch how long probes are watched under enforced policies, in whole seconds
 * @param settle how long an engine may take to enforce or to forget, in whole seconds
 * @param ready how long pods may take to be ready, in whole seconds
 * @param parallel how many experiments run side by side, 1 to 20
 * @param keep when the cluster, or the namespaces of a run, are left for a look
 * @param required whether a test that would be skipped fails
 */
public record LabSettings(@Nullable String context, @Nullable String image, String k3sImage, int nodes,
		boolean everyNode, IpFamilies ipFamilies, Selection only, Duration period, Duration watch, Duration settle,
		Duration ready, int parallel, Keep keep, boolean required) {

	private static final String K3S_IMAGE = "rancher/k3s:v1.34.1-k3s1";

	private static final Set<String> NAMES = Set.of("lab.context", "lab.image", "lab.k3s-image", "lab.nodes",
			"lab.ip-families", "lab.only", "lab.period", "lab.watch", "lab.settle", "lab.ready", "lab.parallel",
			"lab.keep", "lab.required", "lab.classes", "lab.timeout");

	/** Those of this run. */
	public static LabSettings current() {
		System.getProperties()
			.stringPropertyNames()
			.stream()
			.filter((name) -> name.startsWith("lab.") && !NAMES.contains(name))
			.findAny()
			.ifPresent((name) -> {
				throw new LabException("There is no setting %s; take one of %s".formatted(name,
						String.join(", ", NAMES.stream().sorted().toList())));
			});
		return of(System::getProperty, System.getenv("K3S_IMAGE"));
	}

	/**
	 * Those that some properties ask for.
	 * @throws LabException naming the setting, its value and what it may be
	 */
	public static LabSettings of(Function<String, @Nullable String> property, @Nullable String k3sImageVariable) {
		String context = text(property, "lab.context");
		String image = text(property, "lab.image");
		if ((context == null) != (image == null)) {
			throw new LabException(
					"lab.context and lab.image go together: the one names a cluster, the other the image as its nodes can pull it; lab.%s is missing"
						.formatted((context == null) ? "context" : "image"));
		}
		String k3sImage = text(property, "lab.k3s-image");
		return new LabSettings(context, image,
				(k3sImage != null) ? k3sImage : (k3sImageVariable != null) ? k3sImageVariable : K3S_IMAGE,
				nodes(property, context != null), text(property, "lab.nodes") != null,
				IpFamilies.of(text(property, "lab.ip-families")), selection(text(property, "lab.only")),
				Duration.ofSeconds(number(property, "lab.period", 1, 1, 20)),
				Duration.ofSeconds(number(property, "lab.watch", 10, 5, 3600)),
				Duration.ofSeconds(number(property, "lab.settle", 15, 1, 600)),
				Duration.ofSeconds(number(property, "lab.ready", 120, 10, 1800)),
				number(property, "lab.parallel", 3, 1, 20), Keep.of(property.apply("lab.keep")),
				flag(property, "lab.required"));
	}

	/** An exec probe starts a process each time, and so comes a third as often. */
	public Duration period(Mechanism mechanism) {
		return (mechanism == Mechanism.EXEC) ? this.period.multipliedBy(3) : this.period;
	}

	/** As the report shows them. */
	public Map<String, String> shown() {
		Map<String, String> shown = new LinkedHashMap<>();
		shown.put("lab.only", this.only.text());
		shown.put("lab.period", this.period.toSeconds() + " s");
		shown.put("lab.watch", this.watch.toSeconds() + " s");
		shown.put("lab.settle", this.settle.toSeconds() + " s");
		shown.put("lab.ready", this.ready.toSeconds() + " s");
		shown.put("lab.parallel", String.valueOf(this.parallel));
		shown.put("lab.ip-families", (this.context != null) ? "the cluster's" : this.ipFamilies.toString());
		shown.put("lab.nodes", this.everyNode ? "each cell on every node" : "each cell on one node");
		return shown;
	}

	/** A throw-away cluster has as many as are asked for, all of which are two. */
	private static int nodes(Function<String, @Nullable String> property, boolean existing) {
		String nodes = text(property, "lab.nodes");
		if (nodes == null) {
			return 2;
		}
		int highest = existing ? 1000 : 5;
		if (nodes.equals("all")) {
			return existing ? highest : 2;
		}
		if (!isNumber(nodes, 1, highest)) {
			throw new LabException(
					"lab.nodes=%s is neither all nor a whole number from 1 to %d".formatted(nodes, highest));
		}
		return Integer.parseInt(nodes);
	}

	private static boolean isNumber(String value, int lowest, int highest) {
		return value.matches("\\d{1,6}") && Integer.parseInt(value) >= lowest && Integer.parseInt(value) <= highest;
	}

	private static Selection selection(@Nullable String only) {
		try {
			return Selection.of(only);
		}
		catch (IllegalArgumentException ex) {
			throw new LabException("lab.only: " + ex.getMessage());
		}
	}

	private static @Nullable String text(Function<String, @Nullable String> property, String name) {
		String value = property.apply(name);
		return (value == null || value.isBlank()) ? null : value.strip();
	}

	private static int number(Function<String, @Nullable String> property, String name, int standard, int lowest,
			int highest) {
		String value = text(property, name);
		if (value == null) {
			return standard;
		}
		if (!isNumber(value, lowest, highest)) {
			throw new LabException("%s=%s is no whole number from %d to %d".formatted(name, value, lowest, highest));
		}
		return Integer.parseInt(value);
	}

	private static boolean flag(Function<String, @Nullable String> property, String name) {
		String value = property.apply(name);
		if (value == null || value.equals("false")) {
			return false;
		}
		if (value.isEmpty() || value.equals("true")) {
			return true;
		}
		throw new LabException("%s=%s is neither true nor false".formatted(name, value));
	}

}

package io.pyserver.lab.k3s;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Setting;

/**
 * The settings of the cluster tests: the lab's, and those of a throw-away cluster.
 *
 * @param lab the settings that the program has as well
 * @param k3sImage the node image of a throw-away cluster
 * @param nodes how many nodes a throw-away cluster has, 1 to 5
 * @param ipFamilies the IP families of a throw-away cluster; the first one is that of its
 * probes
 * @param required whether a test that would be skipped fails
 */
public record K3sSettings(LabSettings lab, String k3sImage, int nodes, String ipFamilies, boolean required) {

	private static final String K3S_IMAGE = "rancher/k3s:v1.34.1-k3s1";

	private static final int MOST_NODES = 5;

	/**
	 * The values of {@code lab.ip-families}, and the flags for two families as k3s
	 * documents them.
	 */
	private static final SortedMap<String, List<String>> RANGES = new TreeMap<>(Map.of("IPv4", List.of(), "IPv4,IPv6",
			List.of("--cluster-cidr=10.42.0.0/16,fd42::/56", "--service-cidr=10.43.0.0/16,fd43::/112"), "IPv6,IPv4",
			List.of("--cluster-cidr=fd42::/56,10.42.0.0/16", "--service-cidr=fd43::/112,10.43.0.0/16")));

	/** The settings that the program does not have; the build reads the last two. */
	private static final List<String> NAMES = List.of("lab.k3s-image", "lab.ip-families", "lab.required", "lab.classes",
			"lab.timeout");

	/**
	 * The settings of this run.
	 * @throws LabException with the name of an unknown setting, or with a wrong value and
	 * the values that are allowed
	 */
	public static K3sSettings current() {
		List<String> names = names().toList();
		System.getProperties()
			.stringPropertyNames()
			.stream()
			.filter((name) -> name.startsWith("lab.") && !names.contains(name))
			.findAny()
			.ifPresent((name) -> {
				throw new LabException("There is no setting %s; take one of %s".formatted(name,
						names.stream().sorted().collect(Collectors.joining(", "))));
			});
		return of(System::getProperty, System.getenv("K3S_IMAGE"));
	}

	/** The names of all settings. */
	public static Stream<String> names() {
		return Stream.concat(Stream.of(Setting.values()).map(Setting::property), NAMES.stream());
	}

	/**
	 * Reads the settings from properties.
	 * @param k3sImageVariable the node image if no property names one
	 * @throws LabException with a wrong value and the values that are allowed
	 */
	public static K3sSettings of(Function<String, @Nullable String> property, @Nullable String k3sImageVariable) {
		LabSettings lab = LabSettings.of(property);
		if ((lab.context() == null) != (lab.image() == null)) {
			throw new LabException(
					"lab.context and lab.image go together: the one names a cluster, the other the image as its nodes can pull it; lab.%s is missing"
						.formatted((lab.context() == null) ? "context" : "image"));
		}
		String k3sImage = Stream.of(property.apply("lab.k3s-image"), k3sImageVariable)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(K3S_IMAGE);
		return new K3sSettings(lab, k3sImage, nodes(lab, property), ipFamilies(property.apply("lab.ip-families")),
				required(property.apply("lab.required")));
	}

	/** {@code all} nodes of a throw-away cluster are two. */
	private static int nodes(LabSettings lab, Function<String, @Nullable String> property) {
		String nodes = property.apply(Setting.NODES.property());
		return (nodes == null || lab.context() != null || nodes.equals("all")) ? 2
				: Setting.NODES.number(nodes, MOST_NODES);
	}

	private static boolean required(@Nullable String value) {
		return switch (value) {
			case null -> false;
			case "false" -> false;
			case "", "true" -> true;
			default -> throw new LabException("lab.required=%s is neither true nor false".formatted(value));
		};
	}

	private static String ipFamilies(@Nullable String value) {
		String families = (value == null || value.isBlank()) ? "IPv4" : value.replace(" ", "");
		return RANGES.keySet()
			.stream()
			.filter(families::equalsIgnoreCase)
			.findFirst()
			.orElseThrow(() -> new LabException(
					"lab.ip-families=%s is none of %s".formatted(value, String.join("; ", RANGES.keySet()))));
	}

	/**
	 * The flags of the server for the IP families of a throw-away cluster; empty for one
	 * family, the default of k3s.
	 */
	List<String> ranges() {
		return RANGES.get(this.ipFamilies);
	}

}

package io.pyserver.lab.k3s;

import java.util.List;
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
 * @param lab those that the tests and the program have in common
 * @param k3sImage the node image of a throw-away cluster
 * @param nodes how many nodes that has, 1 to 5
 * @param ipFamilies those of that cluster
 * @param required whether a test that would be skipped fails
 */
public record K3sSettings(LabSettings lab, String k3sImage, int nodes, IpFamilies ipFamilies, boolean required) {

	private static final String K3S_IMAGE = "rancher/k3s:v1.34.1-k3s1";

	private static final int MOST_NODES = 5;

	/** Those that the program has not; the build reads the last two. */
	public static final List<String> NAMES = List.of("lab.k3s-image", "lab.ip-families", "lab.required", "lab.classes",
			"lab.timeout");

	/**
	 * Those of this run.
	 * @throws LabException naming a setting that there is not, or a value and what it may
	 * be
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

	/** All that there are. */
	public static Stream<String> names() {
		return Stream.concat(Stream.of(Setting.values()).map(Setting::property), NAMES.stream());
	}

	/**
	 * Those that some properties ask for.
	 * @throws LabException naming the setting, its value and what it may be
	 */
	public static K3sSettings of(Function<String, @Nullable String> property, @Nullable String k3sImageVariable) {
		LabSettings lab = LabSettings.of(property);
		if ((lab.context() == null) != (lab.image() == null)) {
			throw new LabException(
					"lab.context and lab.image go together: the one names a cluster, the other the image as its nodes can pull it; lab.%s is missing"
						.formatted((lab.context() == null) ? "context" : "image"));
		}
		String k3sImage = property.apply("lab.k3s-image");
		return new K3sSettings(lab,
				(k3sImage != null) ? k3sImage : (k3sImageVariable != null) ? k3sImageVariable : K3S_IMAGE,
				nodes(lab, property), IpFamilies.of(property.apply("lab.ip-families")), required(property));
	}

	/** As many as are asked for, all of which are two. */
	private static int nodes(LabSettings lab, Function<String, @Nullable String> property) {
		String nodes = property.apply(Setting.NODES.property());
		return (nodes == null || lab.context() != null || nodes.equals("all")) ? 2
				: Setting.NODES.number(nodes, MOST_NODES);
	}

	private static boolean required(Function<String, @Nullable String> property) {
		String value = property.apply("lab.required");
		if (value != null && !List.of("", "true", "false").contains(value)) {
			throw new LabException("lab.required=%s is neither true nor false".formatted(value));
		}
		return value != null && !value.equals("false");
	}

}

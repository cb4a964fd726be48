package io.pyserver.documents;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.k3s.K3sSettings;

/**
 * Checks the properties and the test classes that a Maven command names.
 *
 * @param pom the build
 * @param sources the text of every class, by its path
 */
record Build(String pom, Map<String, String> sources) {

	private static final Pattern PROPERTY = Pattern.compile("(?<![^\\s\"`(])-D([\\w.-]+)(?:=([^\\s\"`]*))?");

	/** Properties of Maven's plugins that name test classes. */
	private static final Set<String> TESTS = Set.of("test", "it.test");

	private static final Set<String> PLUGINS = Set.of("skipTests");

	static Build of(Repository repository) {
		return new Build(repository.text("pom.xml"), Sources.ALL);
	}

	/** What is wrong with the properties in a line. */
	Stream<String> findings(String line) {
		return !line.contains("-D") ? Stream.empty() : Stream.concat(names(line), lab(line).stream());
	}

	/** Parses the properties as the lab does, which also checks the lab's values. */
	private static Optional<String> lab(String line) {
		Map<String, String> properties = PROPERTY.matcher(line)
			.results()
			.collect(Collectors.toMap((property) -> property.group(1),
					(property) -> Objects.requireNonNullElse(property.group(2), "true"), (first, _) -> first));
		try {
			K3sSettings.of(properties::get, null);
			return Optional.empty();
		}
		catch (LabException ex) {
			return Optional.of(String.valueOf(ex.getMessage()));
		}
	}

	private Stream<String> names(String line) {
		return PROPERTY.matcher(line).results().flatMap((property) -> {
			String name = property.group(1);
			if (TESTS.contains(name)) {
				return classes(property.group(2)).filter((each) -> !isClass(each))
					.map((each) -> "there is no test %s for -D%s".formatted(each, name));
			}
			return isKnown(name) ? Stream.empty() : Stream.of("nothing knows the property -D" + name);
		});
	}

	/** The class names of the value. A pattern with a star is not checked. */
	private static Stream<String> classes(String value) {
		return Arrays.stream(value.replace("'", "").split(","))
			.map((each) -> each.replaceFirst("^!", ""))
			.filter((each) -> !each.contains("*"));
	}

	private boolean isClass(String name) {
		return this.sources.keySet().stream().anyMatch((path) -> path.endsWith("/" + name + ".java"));
	}

	/** The unchanged sources. They are read once, because no test changes one. */
	private static final class Sources {

		private static final Map<String, String> ALL = all(Repository.asItIs());

		private static Map<String, String> all(Repository repository) {
			return repository.files("src", ".java")
				.stream()
				.collect(Collectors.toMap((path) -> path, repository::text));
		}

	}

	/** Whether pom.xml declares the property, or a source file has its name in quotes. */
	private boolean isKnown(String name) {
		return PLUGINS.contains(name) || this.pom.contains("<" + name + ">")
				|| this.sources.values().stream().anyMatch((source) -> source.contains("\"" + name + "\""));
	}

}

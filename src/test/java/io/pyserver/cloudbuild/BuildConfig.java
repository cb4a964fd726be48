package io.pyserver.cloudbuild;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code cloudbuild.yaml}.
 *
 * @param document all of it
 */
record BuildConfig(JsonNode document) {

	static BuildConfig read() throws IOException {
		try (Reader file = Files.newBufferedReader(Path.of("cloudbuild.yaml"))) {
			Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
			return new BuildConfig(JsonMapper.shared().valueToTree(yaml));
		}
	}

	List<BuildStep> steps() {
		return this.document.get("steps").valueStream().map(BuildStep::new).toList();
	}

	BuildStep step(String id) {
		return steps().stream().filter((step) -> step.id().equals(id)).findFirst().orElseThrow();
	}

	/** Those that it declares, with their defaults. */
	Substitutions substitutions() {
		return new Substitutions(this.document.get("substitutions")
			.propertyStream()
			.collect(Collectors.toMap((entry) -> entry.getKey(), (entry) -> entry.getValue().asString())));
	}

	/** The names of those that it makes use of. */
	Set<String> substitutionsNamed() {
		Set<String> named = steps().stream()
			.flatMap((step) -> step.substituted().flatMap((text) -> Substitutions.namedIn(text).stream()))
			.collect(Collectors.toCollection(TreeSet::new));
		named.addAll(Substitutions.namedIn(this.document.path("serviceAccount").asString("")));
		return named;
	}

}

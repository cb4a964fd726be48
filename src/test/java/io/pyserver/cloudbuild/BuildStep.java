package io.pyserver.cloudbuild;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * A step of the build.
 *
 * @param node its object
 */
record BuildStep(JsonNode node) {

	String id() {
		return this.node.get("id").asString();
	}

	/** The texts in which substitutions are made, which a script is not. */
	Stream<String> substituted() {
		return Stream.of("args", "env").flatMap((field) -> texts(field));
	}

	Map<String, String> environment(Substitutions substitutions) {
		return texts("env").map(substitutions::in)
			.map((variable) -> variable.split("=", 2))
			.collect(Collectors.toMap((variable) -> variable[0], (variable) -> variable[1]));
	}

	/**
	 * What its container runs. The entrypoint of the image {@code google-cloud-cli} runs
	 * its arguments.
	 */
	List<String> command(Substitutions substitutions) {
		return this.node.has("script") ? List.of("bash", "-c", this.node.get("script").asString())
				: texts("args").map(substitutions::in).toList();
	}

	private Stream<String> texts(String field) {
		return this.node.path(field).valueStream().map(JsonNode::asString);
	}

}

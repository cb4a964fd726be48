package io.pyserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor is told of the properties, docs/service.md tells as well: each as the
 * environment variable that it is in a manifest, with its default.
 */
class PyserverPropertiesTest {

	private static final Pattern ROW = Pattern.compile("^\\| `(PYSERVER_\\w+)` \\| *`?([^|` ]*)`? *\\|",
			Pattern.MULTILINE);

	@Test
	void servicePageHasEachPropertyWithItsDefault() throws IOException {
		assertThat(page()).containsExactlyInAnyOrderElementsOf(metadata());
	}

	@Test
	void eachPropertyHasADescription() throws IOException {
		assertThat(properties()).allSatisfy(
				(property) -> assertThat(property.at("/description").asString("")).as(property.get("name").asString())
					.isNotBlank());
	}

	private static List<String> page() throws IOException {
		return ROW.matcher(Files.readString(Path.of("docs/service.md")))
			.results()
			.map((row) -> row.group(1) + "=" + row.group(2))
			.toList();
	}

	private static List<String> metadata() throws IOException {
		return properties().stream()
			.map((property) -> variable(property.get("name").asString()) + "="
					+ property.path("defaultValue").asString(""))
			.toList();
	}

	private static List<JsonNode> properties() throws IOException {
		Path metadata = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
		return JsonMapper.shared()
			.readTree(Files.readString(metadata))
			.get("properties")
			.valueStream()
			.filter((property) -> property.get("name").asString().startsWith("pyserver."))
			// The image sets it beside the JVM's own option; it is nobody's to choose.
			.filter((property) -> !property.get("name").asString().equals("pyserver.aot-cache"))
			.toList();
	}

	private static String variable(String property) {
		return property.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
	}

}

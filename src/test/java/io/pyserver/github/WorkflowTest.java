package io.pyserver.github;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The workflow runs nobody's code that can change unseen, and the tests that the README
 * names. Whether GitHub would take it, actionlint tells.
 */
class WorkflowTest {

	private static final Path FILE = Path.of(".github/workflows/verify.yml");

	@Test
	void actionsArePinnedByCommit() throws IOException {
		List<String> uses = Files.readAllLines(FILE).stream().filter((line) -> line.contains("uses:")).toList();
		assertThat(uses).isNotEmpty()
			.allSatisfy((line) -> assertThat(line)
				.matches("\\s+- uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
	}

	@Test
	void theWorkflowCanOnlyReadTheRepository() throws IOException {
		assertThat(workflow().get("permissions"))
			.isEqualTo(JsonMapper.shared().valueToTree(Map.of("contents", "read")));
	}

	@Test
	void theWorkflowRunsAllTestsAndSkipsNone() throws IOException {
		assertThat(workflow().at("/jobs/verify/steps").valueStream().map((step) -> step.path("run").asString("")))
			.anySatisfy((command) -> assertThat(command).startsWith("./mvnw ")
				.contains(" -Dlab.required ")
				.endsWith(" verify"));
	}

	private static JsonNode workflow() throws IOException {
		Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
		return JsonMapper.shared().valueToTree(yaml);
	}

}

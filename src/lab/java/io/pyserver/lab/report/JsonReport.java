package io.pyserver.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run for programs. What each field means is said by the schema that is written beside
 * it.
 */
record JsonReport(String schema, String summary, Instant started, Instant ended, long tookMs, TestedCluster cluster,
		Map<String, String> settings, Verdicts verdicts, List<JsonCell> cells) {

	/** Changes with the meaning of a field. */
	private static final String SCHEMA = "pyserver.io/probe-lab/2";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.build();

	static void write(LabRun run, Path folder) throws IOException {
		Files.writeString(folder.resolve("report.json"), MAPPER.writeValueAsString(of(run)));
		try (InputStream schema = Objects.requireNonNull(JsonReport.class.getResourceAsStream("report.schema.json"))) {
			Files.write(folder.resolve("report.schema.json"), schema.readAllBytes());
		}
	}

	private static JsonReport of(LabRun run) {
		return new JsonReport(SCHEMA, OpeningSentence.of(run).text(), run.started(), run.ended(), run.took().toMillis(),
				run.cluster(), run.settings(),
				new Verdicts(VerdictCounts.underPolicies(run), VerdictCounts.baseline(run)),
				run.cells().stream().map(JsonCell::of).toList());
	}

	record Verdicts(VerdictCounts underPolicies, VerdictCounts baseline) {
	}

}

package io.pyserver.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeMap;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.pyserver.lab.evidence.Verdict;

/** A run for programs, and beside it the schema that says what each field means. */
final class JsonReport {

	/** Changes with the meaning of a field. */
	static final String SCHEMA = "pyserver.io/probe-lab/1";

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private JsonReport() {
	}

	static void write(LabRun run, Path folder) throws IOException {
		String report = JsonMapper.builder()
			.enable(SerializationFeature.INDENT_OUTPUT)
			.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
			.build()
			.writeValueAsString(of(run));
		Files.writeString(folder.resolve("report.json"), report);
		try (InputStream schema = JsonReport.class.getResourceAsStream("report.schema.json")) {
			Files.copy(Objects.requireNonNull(schema), folder.resolve("report.schema.json"),
					StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static ObjectNode of(LabRun run) {
		ObjectNode report = NODES.objectNode();
		report.put("schema", SCHEMA);
		report.put("summary", OpeningSentence.of(run).text());
		report.put("started", run.started().toString());
		report.put("ended", run.ended().toString());
		report.put("tookMs", Duration.between(run.started(), run.ended()).toMillis());
		report.set("cluster", cluster(run.cluster()));
		ObjectNode settings = report.putObject("settings");
		new TreeMap<>(run.settings()).forEach(settings::put);
		ObjectNode verdicts = report.putObject("verdicts");
		verdicts.set("underPolicies", counts(VerdictCounts.underPolicies(run)));
		verdicts.set("baseline", counts(VerdictCounts.baseline(run)));
		ArrayNode cells = report.putArray("cells");
		run.cells().stream().map(JsonCell::of).forEach(cells::add);
		return report;
	}

	private static ObjectNode cluster(TestedCluster tested) {
		ObjectNode cluster = NODES.objectNode();
		cluster.put("name", tested.name());
		cluster.put("kubernetes", tested.kubernetes());
		cluster.put("engine", tested.engine());
		cluster.set("nodes", texts(tested.nodes()));
		cluster.put("image", tested.image());
		cluster.set("limits", texts(tested.limits()));
		return cluster;
	}

	private static ObjectNode counts(VerdictCounts counts) {
		ObjectNode node = NODES.objectNode();
		Arrays.stream(Verdict.values()).forEach((verdict) -> node.put(verdict.label(), counts.of(verdict)));
		return node;
	}

	static ArrayNode texts(Collection<String> texts) {
		ArrayNode array = NODES.arrayNode();
		texts.forEach(array::add);
		return array;
	}

}

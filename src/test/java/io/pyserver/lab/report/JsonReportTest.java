package io.pyserver.lab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program reads what the lab saw, by the schema that lies beside it.
 */
class JsonReportTest {

	private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

	@TempDir
	private Path folder;

	@Test
	void everyRunIsAsTheSchemaSays() throws IOException {
		LabRun detailed = SampleRun
			.full((cell) -> SampleCell.detailed("details/" + cell.policy().label(), SampleCell.broken(cell)));
		for (LabRun run : List.of(SampleRun.of(), SampleRun.mixed(), SampleRun.full(SampleCell::inconclusive),
				detailed)) {
			assertThat(complaints(write(run))).isEmpty();
		}
	}

	@Test
	void theSchemaIsOne() throws IOException {
		write(SampleRun.of());

		assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(SchemaLocation.of(DIALECT))
			.validate(Files.readString(schema()), InputFormat.JSON)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "'', schema, pyserver.io/probe-lab/2", "'', started, yesterday", "'', more, field",
			"/cells/0, verdict, passed", "/cells/0, kind, Liveness", "/cells/0/probes, periodMs, 1 s",
			"/cells/0/controls/0/attempts/0, reach, open", "/cells/0/probes/seen/0, at, 2026-11-23",
			"/cells/0/harm, since, lately", "/cells/0/subject, expectedManifests, sha256:a" })
	void anythingElseIsNot(String object, String field, String value) throws IOException {
		JsonNode report = write(SampleRun.of(SampleCell.survives(SampleCell.LIVENESS)));
		((ObjectNode) report.at(object)).put(field, value);

		assertThat(complaints(report)).isNotEmpty();
	}

	@Test
	void aCellHasItsVerdictAndWhatItRestsOn() throws IOException {
		JsonNode cell = write(SampleRun.of(SampleCell.survives(SampleCell.LIVENESS))).at("/cells/0");

		assertThat(cell.get("id").asString()).isEqualTo("deny-both/httpGet/liveness/pod-first");
		assertThat(cell.get("verdict").asString()).isEqualTo("survives");
		assertThat(cell.get("because").get(0).asString()).contains("10 probes of 10");
		assertThat(cell.get("problem").isNull()).isTrue();
		assertThat(cell.at("/subject/nodeAddresses")).isEqualTo(read("[\"10.42.0.1\", \"127.0.0.1\", \"172.18.0.3\"]"));
		assertThat(cell.at("/subject/expectedImage").asString()).isEqualTo("sha256:1234");
		assertThat(cell.at("/subject/expectedManifests")).isEqualTo(read("[\"sha256:a\", \"sha256:b\"]"));
		assertThat(cell.at("/subject/created").asString()).isEqualTo("2026-11-23T05:20:49Z");
		assertThat(cell.at("/causality/followed").asBoolean()).isTrue();
		assertThat(cell.at("/marks/1"))
			.isEqualTo(read("{\"at\":\"2026-11-23T05:20:54Z\",\"what\":\"policy-applied\"}"));
	}

	@Test
	void theProbesHaveTheirFigures() throws IOException {
		JsonNode probes = write(SampleRun.of(SampleCell.broken(SampleCell.LIVENESS))).at("/cells/0/probes");

		assertThat(probes.get("periodMs").asInt()).isEqualTo(1000);
		assertThat(probes.get("enforced").asInt()).isEqualTo(10);
		assertThat(probes.get("longestGapMs").asInt()).isEqualTo(1000);
		assertThat(probes.get("byHistory").asInt()).isEqualTo(18);
		assertThat(probes.get("sources"))
			.isEqualTo(read("[{\"address\":\"10.42.0.1\",\"origin\":\"own-node\",\"count\":10}]"));
		assertThat(probes.get("seen").size()).isEqualTo(40);
		assertThat(probes.at("/seen/12")).isEqualTo(read("""
				{"at":"2026-11-23T05:21:01.250Z","source":"10.42.0.1","answered":false,"fromInsideThePod":false}
				"""));
	}

	@ParameterizedTest
	@CsvSource({ "pod-to-pod, blocked", "own-node-to-pod, open", "pod-to-pod-ping, either" })
	void aControlHasWhatIsExpectedOfIt(String name, String expected) throws IOException {
		JsonNode controls = write(SampleRun.of(SampleCell.survives(SampleCell.LIVENESS))).at("/cells/0/controls");

		assertThat(controls.valueStream().filter((control) -> control.get("control").asString().equals(name)))
			.singleElement()
			.satisfies((control) -> assertThat(control.get("expected").asString()).isEqualTo(expected))
			.satisfies((control) -> assertThat(control.at("/attempts/0"))
				.isEqualTo(read("{\"phase\":\"before\",\"at\":\"2026-11-23T05:20:51Z\",\"reach\":\"timed-out\"}")));
	}

	@Test
	void harmHasItsBeginningAndAResultItsDetails() throws IOException {
		JsonNode cell = write(SampleRun
			.of(SampleCell.detailed("details/deny-both-pod-first", SampleCell.broken(SampleCell.LIVENESS))))
			.at("/cells/0");

		assertThat(cell.at("/harm/since").asString()).isEqualTo("2026-11-23T05:21:01.500Z");
		assertThat(cell.get("details").asString()).isEqualTo("details/deny-both-pod-first");
	}

	@Test
	void aCellOfSeveralNodesHasAResultOnEachAndCountsOnce() throws IOException {
		JsonNode report = write(SampleRun.of(SampleCell.on("a", SampleCell.broken(SampleCell.LIVENESS)),
				SampleCell.on("b", SampleCell.survives(SampleCell.LIVENESS))));

		assertThat(report.get("cells").valueStream().map((cell) -> cell.at("/subject/node").asString()))
			.containsExactly("a", "b");
		assertThat(report.at("/cells/0/id")).isEqualTo(report.at("/cells/1/id"));
		assertThat(report.at("/verdicts/underPolicies"))
			.isEqualTo(read("{\"survives\":0,\"broken\":1,\"not-enforced\":0,\"inconclusive\":0}"));
	}

	@Test
	void whatIsMissingIsNull() throws IOException {
		JsonNode cell = write(SampleRun.of(SampleCell.inconclusive(SampleCell.LIVENESS))).at("/cells/0");

		assertThat(List.of(cell.get("subject"), cell.get("probes"), cell.get("causality"), cell.get("details"),
				cell.at("/harm/since")))
			.allMatch(JsonNode::isNull);
		assertThat(cell.get("problem").asString()).isEqualTo("pods were not ready within 120 s");
	}

	@Test
	void theRunHasItsSum() throws IOException {
		JsonNode report = write(SampleRun.mixed());

		assertThat(report.get("tookMs").asInt()).isEqualTo(190_000);
		assertThat(report.get("cells").size()).isEqualTo(120);
		assertThat(report.at("/verdicts/underPolicies"))
			.isEqualTo(read("{\"survives\":91,\"broken\":3,\"not-enforced\":1,\"inconclusive\":1}"));
		assertThat(report.at("/verdicts/baseline/survives").asInt()).isEqualTo(24);
		assertThat(report.get("summary").asString()).startsWith("Some probes break under default-deny on k3d-foo");
	}

	@Test
	void aTextComesBackAsItWas() throws IOException {
		JsonNode report = write(SampleRun.of(SampleCell.hostile(SampleCell.LIVENESS, SampleRun.HOSTILE)));

		assertThat(report.at("/cells/0/because/0").asString()).isEqualTo(SampleRun.HOSTILE);
	}

	private JsonNode write(LabRun run) throws IOException {
		JsonReport.write(run, this.folder);
		return read(Files.readString(this.folder.resolve("report.json")));
	}

	private Path schema() {
		return this.folder.resolve("report.schema.json");
	}

	private List<Error> complaints(JsonNode report) throws IOException {
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(Files.readString(schema()), InputFormat.JSON)
			.validate(report, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)));
	}

	private static JsonNode read(String json) {
		return JsonMapper.shared().readTree(json);
	}

}

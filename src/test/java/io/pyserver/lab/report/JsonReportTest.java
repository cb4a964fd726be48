package io.pyserver.lab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program reads what the lab saw, by the schema that lies beside it.
 */
class JsonReportTest {

	private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	@TempDir
	private Path folder;

	@Test
	void everyRunIsAsTheSchemaSays() throws IOException {
		LabRun detailed = SampleRun.of(SampleCell.detailed("details/x", SampleCell.of("broken LIVENESS")));
		for (LabRun run : List.of(SampleRun.of(), SampleRun.mixed(), SampleRun.full((_) -> "inconclusive"), detailed)) {
			assertThat(complaints(write(run))).isEmpty();
		}
	}

	@Test
	void theSchemaIsOne() throws IOException {
		write(SampleRun.of());

		assertThat(SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
			.validate(schema(), InputFormat.JSON)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "'', schema, pyserver.io/probe-lab/1", "'', started, yesterday", "'', more, field",
			"/cells/0, verdict, passed", "/cells/0, kind, Liveness", "/cells/0/probes, periodMs, 1 s",
			"/cells/0/controls/0/attempts/0, reach, open", "/cells/0/probes/seen/0, at, 2026-11-23",
			"/cells/0/harm, since, lately", "/cells/0/subject, expectedManifests, sha256:a" })
	void anythingElseIsNot(String object, String field, String value) throws IOException {
		JsonNode report = write(SampleRun.of("survives LIVENESS"));
		((ObjectNode) report.at(object)).put(field, value);

		assertThat(complaints(report)).isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					survives LIVENESS     | /cells/0/id                        | "deny-both/httpGet/liveness/pod-first"
					survives LIVENESS     | /cells/0/verdict                   | "survives"
					survives LIVENESS     | /cells/0/because                   | ["10 probes of 10 from the pod's own node were answered"]
					survives LIVENESS     | /cells/0/problem                   | null
					survives LIVENESS     | /cells/0/subject/nodeAddresses     | ["10.42.0.1", "127.0.0.1", "172.18.0.3"]
					survives LIVENESS     | /cells/0/subject/expectedImage     | "sha256:1234"
					survives LIVENESS     | /cells/0/subject/expectedManifests | ["sha256:a", "sha256:b"]
					survives LIVENESS     | /cells/0/subject/created           | "2026-11-23T05:20:49Z"
					survives LIVENESS     | /cells/0/causality/followed        | true
					survives LIVENESS     | /cells/0/marks/1                   | {"at":"2026-11-23T05:20:54Z","what":"policy-applied"}
					survives LIVENESS     | /cells/0/controls/0/control        | "pod-to-pod"
					survives LIVENESS     | /cells/0/controls/0/expected       | "blocked"
					survives LIVENESS     | /cells/0/controls/6/expected       | "either"
					survives LIVENESS     | /cells/0/controls/7/expected       | "either"
					survives LIVENESS     | /cells/0/controls/7/attempts/0     | {"phase":"before","at":"2026-11-23T05:20:51Z","reach":"timed-out"}
					broken LIVENESS       | /cells/0/probes/periodMs           | 1000
					broken LIVENESS       | /cells/0/probes/enforced           | 10
					survives LIVENESS     | /cells/0/probes/longestGapMs       | 1000
					broken LIVENESS       | /cells/0/probes/counts/source      | "kubelet"
					broken LIVENESS       | /cells/0/probes/counts/exposed     | "2026-11-23T05:20:54Z"
					broken LIVENESS       | /cells/0/probes/counts/failedOnArrival     | 0
					broken LIVENESS       | /cells/0/probes/counts/failedWhileEnforced | 6
					broken LIVENESS       | /cells/0/probes/counts/successfulWhileEnforced | 4
					broken LIVENESS       | /cells/0/probes/counts/readings/13 | {"at":"2026-11-23T05:21:02Z","successful":12,"failed":1,"unknown":0}
					broken LIVENESS       | /cells/0/probes/latencyUnder       | {"probes":10,"medianMs":2.6,"p99Ms":5.1}
					broken LIVENESS       | /cells/0/harm/restarts             | 1
					broken LIVENESS       | /cells/0/harm/restarted/0/reason   | "Error, exit code 143"
					broken LIVENESS       | /cells/0/harm/outOfServiceMs       | 3000
					broken LIVENESS       | /cells/0/probes/sources            | [{"address":"10.42.0.1","origin":"own-node","count":10}]
					broken LIVENESS       | /cells/0/probes/seen/12/at         | "2026-11-23T05:21:01.250Z"
					broken LIVENESS       | /cells/0/probes/seen/12/answered   | false
					broken LIVENESS       | /cells/0/harm/since                | "2026-11-23T05:21:02Z"
					inconclusive LIVENESS | /cells/0/subject                   | null
					inconclusive LIVENESS | /cells/0/probes                    | null
					inconclusive LIVENESS | /cells/0/causality                 | null
					inconclusive LIVENESS | /cells/0/details                   | null
					inconclusive LIVENESS | /cells/0/harm/since                | null
					inconclusive LIVENESS | /cells/0/problem                   | "pods were not ready within 120 s"

					# a cell of several nodes has a result on each and counts once
					broken LIVENESS on a, survives LIVENESS on b | /cells/0/subject/node | "a"
					broken LIVENESS on a, survives LIVENESS on b | /cells/1/subject/node | "b"
					broken LIVENESS on a, survives LIVENESS on b | /verdicts/underPolicies | \
					{"survives":0,"broken":1,"not-enforced":0,"inconclusive":0}

					# the run
					survives BASELINE | /verdicts/baseline/survives | 1
					survives BASELINE | /started                    | "2026-11-23T05:20:40Z"
					survives BASELINE | /tookMs                     | 190000
					survives BASELINE | /settings                   | {"lab.only":"all","lab.period":"1 s"}
					survives BASELINE | /cluster/nodes              | ["node-1","node-2"]
					""")
	void aFieldHasWhatWasSeen(String cells, String field, String value) throws IOException {
		assertThat(write(SampleRun.of(cells)).at(field)).isEqualTo(read(value));
	}

	@Test
	void theFindingIsSummedUp() throws IOException {
		assertThat(write(SampleRun.mixed()).get("summary").asString())
			.isEqualTo(OpeningSentence.of(SampleRun.mixed()).text());
	}

	@Test
	void aTextComesBackAsItWas() throws IOException {
		JsonNode cell = write(SampleRun
			.of(SampleCell.detailed("details/x", SampleCell.of(SampleRun.HOSTILE, SampleCell.LIVENESS, "a"))))
			.at("/cells/0");

		assertThat(cell.at("/problem").asString()).isEqualTo(SampleRun.HOSTILE);
		assertThat(cell.get("details").asString()).isEqualTo("details/x");
	}

	private JsonNode write(LabRun run) throws IOException {
		JsonReport.write(run, this.folder);
		return read(Files.readString(this.folder.resolve("report.json")));
	}

	private String schema() throws IOException {
		return Files.readString(this.folder.resolve("report.schema.json"));
	}

	private List<Error> complaints(JsonNode report) throws IOException {
		return SCHEMAS.getSchema(schema(), InputFormat.JSON)
			.validate(report, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)));
	}

	private static JsonNode read(String json) {
		return JsonMapper.shared().readTree(json);
	}

}

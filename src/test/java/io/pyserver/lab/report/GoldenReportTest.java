package io.pyserver.lab.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Whole runs and all forms of their reports, as files to read. With
 * {@code -Dgolden.update} they are written anew.
 */
class GoldenReportTest {

	private static final Path RESOURCES = Path.of("src/test/resources/io/pyserver/lab/report");

	private static final Path SCHEMA = Path.of("src/lab/resources/io/pyserver/lab/report/report.schema.json");

	private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	@TempDir
	private Path folder;

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			survives  | survives LIVENESS, survives deny-both/exec/readiness/policy-first
			nodes     | survives LIVENESS on node-1, broken LIVENESS on node-2, survives BASELINE
			troubles  | not-enforced READINESS, inconclusive deny-both/grpc/startup/pod-first, suspect LIVENESS
			nothing   |
			""")
	void aRunHasItsReport(String name, @Nullable String cells) throws IOException {
		Report.write(SampleRun.of(cells), this.folder);

		for (String form : List.of("report.html", "report.json", "table.txt")) {
			String written = Files.readString(this.folder.resolve(form));
			assertGolden(RESOURCES.resolve("golden").resolve(name).resolve(form),
					withoutSharedParts(written).replace(this.folder.toString(), "target/probe-lab"));
		}
		assertThat(complaints(report())).isEmpty();
	}

	/**
	 * Names the styles and signs, which every page has to the letter, in their place.
	 */
	private static String withoutSharedParts(String written) throws IOException {
		String styles = HtmlPage.read("/io/pyserver/board/signs.css") + HtmlPage.read("report.css");
		return written.replace("\n" + styles + "\n", "\n(signs.css, report.css)\n")
			.replace("\n" + HtmlPage.read("/io/pyserver/board/signs.html") + "\n", "\n(signs.html)\n");
	}

	@Test
	void theSchemaIsThatOfTheRecords() throws IOException {
		assertGolden(SCHEMA, ReportSchema.generate());
		assertThat(SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
			.validate(Files.readString(SCHEMA), InputFormat.JSON)).isEmpty();
	}

	private static void assertGolden(Path file, String text) throws IOException {
		if (System.getProperty("golden.update") != null) {
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
		}
		assertThat(text).as("%s, which -Dgolden.update writes anew", file).isEqualTo(Files.readString(file));
	}

	@ParameterizedTest
	@CsvSource({ "'', schema, pyserver.io/probe-lab/2", "'', started, yesterday", "'', more, field",
			"/cells/0, verdict, passed", "/cells/0, kind, Liveness", "/cells/0/probes, periodMs, 1 s",
			"/cells/0/controls/0/attempts/0, reach, open", "/cells/0/probes/seen/0, at, 2026-11-23",
			"/cells/0/probes/counts, firstFailure, lately", "/cells/0/expected, pod-to-pod, closed",
			"/cells/0/subject, expectedImage, sha256:a", "/cells/0, more, field", "/cells/0, id, 7" })
	void anythingElseIsNotByTheSchema(String object, String field, String value) throws IOException {
		Report.write(SampleRun.of("survives LIVENESS"), this.folder);
		JsonNode report = report();

		((ObjectNode) report.at(object)).put(field, value);

		assertThat(complaints(report)).isNotEmpty();
	}

	@Test
	void aTextComesBackAsItWas() throws IOException {
		LabRun run = SampleRun.of(SampleRun.CLUSTER, SampleRun.saying(SampleRun.HOSTILE));

		Report.write(run, this.folder);

		assertThat(report().at("/cells/0/problem").asString()).isEqualTo(SampleRun.HOSTILE);
		assertThat(complaints(report())).isEmpty();
	}

	@Test
	void anEarlierReportIsReplaced() throws IOException {
		Path deeper = this.folder.resolve("target").resolve("probe-lab");

		Report.write(SampleRun.of("survives LIVENESS"), deeper);
		Report.write(SampleRun.of(null), deeper);

		assertThat(deeper.resolve("report.html")).content().doesNotContain("<details");
		assertThat(deeper.resolve("report.schema.json")).hasSameTextualContentAs(SCHEMA);
	}

	@Test
	void anEarlierReportIsRemovedAndNothingElse() throws IOException {
		Report.write(SampleRun.of(null), this.folder);
		Path other = Files.createFile(this.folder.resolve("other"));

		Report.clear(this.folder);

		assertThat(this.folder.toFile().listFiles()).containsExactly(other.toFile());
		assertThatNoException().isThrownBy(() -> Report.clear(this.folder.resolve("missing")));
	}

	@Test
	void whatCannotBeWrittenIsSaid() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));

		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> Report.write(SampleRun.of(null), file));
	}

	private JsonNode report() throws IOException {
		return Report.JSON.readTree(Files.readString(this.folder.resolve("report.json")));
	}

	private static List<Error> complaints(JsonNode report) throws IOException {
		return SCHEMAS.getSchema(Files.readString(SCHEMA), InputFormat.JSON)
			.validate(report, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)));
	}

}

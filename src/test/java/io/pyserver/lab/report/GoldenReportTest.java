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
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
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
 * {@code -Dgolden.update} the test writes the files.
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
	void theReportOfARunIsAsExpected(String name, @Nullable String cells) throws IOException {
		Report.write(SampleRun.of(cells), this.folder);

		for (String form : List.of("report.html", "report.json", "table.txt")) {
			assertGolden(RESOURCES.resolve("golden").resolve(name).resolve(form),
					withoutSharedParts(read(form)).replace(this.folder.toString(), "target/probe-lab"));
		}
		assertThat(complaints(report())).isEmpty();
		assertPageIsAccessible(read("report.html"));
	}

	/** Names the styles and signs, which all pages share, in their place. */
	private static String withoutSharedParts(String written) throws IOException {
		String styles = Report.read("/io/pyserver/board/signs.css") + Report.read("report.css");
		return written.replace("\n" + styles + "\n", "\n(signs.css, report.css)\n")
			.replace("\n" + Report.read("/io/pyserver/board/signs.html") + "\n", "\n(signs.html)\n");
	}

	/**
	 * The page is valid, works without other files, and can be printed and read aloud.
	 */
	private static void assertPageIsAccessible(String html) {
		Parser parser = Parser.htmlParser().setTrackErrors(3);
		Document page = Jsoup.parse(html, parser);
		assertThat(parser.getErrors()).isEmpty();
		assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
			.isEqualTo("default-src 'none'; style-src 'unsafe-inline'");
		assertThat(page.select("script, link, img, iframe, object, [src], [style], [^on]")).isEmpty();
		assertThat(page.select("style").html())
			.contains("@page", "details::details-content { display: block; content-visibility: visible;")
			.doesNotContain("url(", "@import", "</", "http");
		List<String> ids = page.select("[id]").eachAttr("id");
		assertThat(ids).doesNotHaveDuplicates();
		assertThat(page.select("[href]:not([href^=details/])").eachAttr("href"))
			.extracting((link) -> link.replaceFirst("#", ""))
			.isSubsetOf(ids);
		assertThat(page.select("[aria-labelledby]").eachAttr("aria-labelledby"))
			.allSatisfy((names) -> assertThat(names.split(" ")).isSubsetOf(ids));
		assertThat(page.select("th:not([scope])")).isEmpty();
		assertThat(page.select("figure svg:not([role=img][aria-labelledby])")).isEmpty();
		assertThat(page.select("svg:not(figure svg):not([aria-hidden=true], :has(symbol))")).isEmpty();
		assertThat(page.select("symbol path").eachAttr("d")).hasSameSizeAs(Timeline.Glyph.values())
			.doesNotHaveDuplicates();
	}

	@Test
	void theSchemaMatchesTheRecords() throws IOException {
		assertGolden(SCHEMA, ReportSchema.generate());
		assertThat(SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
			.validate(Files.readString(SCHEMA), InputFormat.JSON)).isEmpty();
	}

	private static void assertGolden(Path file, String text) throws IOException {
		if (System.getProperty("golden.update") != null) {
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
		}
		assertThat(text).as("%s, which -Dgolden.update writes", file).isEqualTo(Files.readString(file));
	}

	@ParameterizedTest
	@CsvSource({ "'', schema, pyserver.io/probe-lab/2", "'', started, yesterday", "'', more, field",
			"/cells/0, verdict, passed", "/cells/0, kind, Liveness", "/cells/0/probes, periodMs, 1 s",
			"/cells/0/controls/0/attempts/0, reach, open", "/cells/0/probes/seen/0, at, 2026-11-23",
			"/cells/0/probes/counts, firstFailure, lately", "/cells/0/expected, pod-to-pod, closed",
			"/cells/0/subject, expectedImage, sha256:a", "/cells/0, more, field", "/verdicts/baseline, broken, many" })
	void theSchemaRejectsAnythingElse(String object, String field, String value) throws IOException {
		Report.write(SampleRun.of("survives LIVENESS"), this.folder);
		JsonNode report = report();

		((ObjectNode) report.at(object)).put(field, value);

		assertThat(complaints(report)).isNotEmpty();
	}

	@Test
	void anEarlierReportIsReplaced() throws IOException {
		Report.write(SampleRun.of("survives LIVENESS"), this.folder);
		Report.write(SampleRun.of(null), this.folder);

		assertThat(read("report.html")).doesNotContain("<details");
		assertThat(this.folder.resolve("report.schema.json")).hasSameTextualContentAs(SCHEMA);
	}

	@Test
	void onlyTheFilesOfAnEarlierReportAreRemoved() throws IOException {
		Report.write(SampleRun.of(null), this.folder);
		Path other = Files.createFile(this.folder.resolve("other"));

		Report.clear(this.folder);

		assertThat(this.folder.toFile().listFiles()).containsExactly(other.toFile());
		assertThatNoException().isThrownBy(() -> Report.clear(this.folder.resolve("missing")));
	}

	@Test
	void aFolderThatCannotBeWrittenIsAnError() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));

		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> Report.write(SampleRun.of(null), file));
	}

	private String read(String form) throws IOException {
		return Files.readString(this.folder.resolve(form));
	}

	private JsonNode report() throws IOException {
		return Report.JSON.readTree(read("report.json"));
	}

	private static List<Error> complaints(JsonNode report) throws IOException {
		return SCHEMAS.getSchema(Files.readString(SCHEMA), InputFormat.JSON)
			.validate(report, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)));
	}

}

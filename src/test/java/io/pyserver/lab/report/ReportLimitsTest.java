package io.pyserver.lab.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.evidence.SampleObservation;
import io.pyserver.lab.report.LabRun.CellResult;

import static io.pyserver.lab.evidence.SampleObservation.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Texts that are hostile or long, lists that are long, and runs that are large or short.
 */
class ReportLimitsTest {

	/** Ends a script, an attribute and a CDATA section; controls a terminal; reorders. */
	private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&amp;]]>\u0000\u001b[31m\r\n\u202e\ud800\uffff";

	private static final Path PAGE = Path.of("target/probe-lab/report.html");

	@Test
	void aHostileTextIsEscaped() throws IOException {
		CellResult cell = SampleRun.saying(HOSTILE);
		LabRun run = SampleRun.of(HOSTILE, HOSTILE, List.of(HOSTILE), cell, SampleRun.cell("survives LIVENESS on b"));
		String html = Report.page(run);
		Document page = Jsoup.parse(html);

		assertThat(html).doesNotContain("\u0000", "\u001b", "\r", "\u202e", "\ud800", "\uffff");
		assertThat(page.select("script, img")).isEmpty();
		for (String element : List.of("h1", ".limits li", ".because li", ".known dd", ".times")) {
			assertThat(page.select(element).text()).contains("</script><img src=x onerror=alert(1)>\"'&amp;]]>");
		}
		assertThat(ConsoleTable.of(run, PAGE)).matches("[ -~\n]*").contains("BROKEN: </script>", "on node </script>");
		assertThat(cell.line()).matches("[ -~]*").contains(" on node </script>", "\\u001b[31m\\u000d\\u000a");
		assertThat(run.name(cell)).matches("[ -~]*").contains(" on node </script>");
		assertThat(Report.JSON.readTree(Report.JSON.writeValueAsString(run)).at("/cells/0/problem").asString())
			.isEqualTo(HOSTILE);
	}

	@Test
	void theNameOfAResultHasItsNodeIfTheCellRanOnSeveralNodes() {
		LabRun run = SampleRun.of("broken LIVENESS on a, survives LIVENESS on b, survives READINESS on b");
		assertThat(run.cells()).extracting(run::name)
			.containsExactly("deny-both/httpGet/liveness/pod-first on node a",
					"deny-both/httpGet/liveness/pod-first on node b", "deny-ingress/grpc/readiness/policy-first");
	}

	@ParameterizedTest
	@ValueSource(
			ints = { 0x0, 0x8, 0xd, 0x1b, 0x7f, 0x85, 0x200b, 0x202e, 0x2028, 0x2066, 0xd800, 0xdfff, 0xfffe, 0xffff })
	void aPageShowsInvisibleCharactersAsEscapes(int character) {
		assertThat(VisibleText.unicode("gr\u00fcn \u4e2d\u6587 \ud83d\ude00\n\t" + (char) character + "x"))
			.isEqualTo("gr\u00fcn \u4e2d\u6587 \ud83d\ude00\n\t\\u%04xx".formatted(character));
	}

	@Test
	void aTerminalGetsOnlyVisibleAscii() {
		assertThat(VisibleText.ascii("a\u001b[31mb\r\nc \u00fc \ud83d\ude00"))
			.isEqualTo("a\\u001b[31mb\\u000d\\u000ac \\u00fc \\u1f600");
	}

	@Test
	void aLongTextIsCut() throws IOException {
		CellResult cell = SampleRun.saying("x".repeat(1_000_000));
		Document page = Jsoup.parse(Report.page(SampleRun.of("k3s", "Calico", List.of(), cell)));

		assertThat(page.html()).hasSizeLessThan(50_000);
		assertThat(page.select(".problem").text()).endsWith("x \u2026 (all of it in report.json)");
		assertThat(page.select(".because li").text()).endsWith("x ...").hasSize(300);
		assertThat(cell.line()).hasSize(240).endsWith("x ...");
	}

	@Test
	void aLongListIsCut() throws IOException {
		Finding finding = new Finding(Verdict.BROKEN, Collections.nCopies(40, "x"));
		CellResult cell = new CellResult(SampleRun.cell("survives LIVENESS").observation(), finding, null);
		Document page = Jsoup.parse(Report.page(SampleRun.of("k3s", "Calico", List.of(), cell)));

		assertThat(page.select(".cell .because li").eachText()).hasSize(31)
			.endsWith("x", "\u2026 and 10 more, in report.json");
	}

	@Test
	void theWholeMatrixFitsAPageAndATerminal() throws IOException {
		LabRun run = SampleRun.whole("broken");
		String html = Report.page(run);
		String table = ConsoleTable.of(run, PAGE);

		assertThat(html).hasSizeLessThan(2_500_000);
		assertThat(Jsoup.parse(html).select(".limits")).isEmpty();
		assertThat(Jsoup.parse(html).select(".matrix td details:not([open]) a[href^=#]")).hasSize(120);
		assertThat(table.lines().takeWhile((line) -> !line.contains(": "))).hasSize(17)
			.allMatch((line) -> line.length() <= 100);
		assertThat(table.lines().filter((line) -> line.contains(": BROKEN: "))).hasSize(20);
		assertThat(table).contains("... and 100 more, in report.html\n");
	}

	@ParameterizedTest
	@CsvSource({ "survives, true", "broken, false", "not-enforced, false", "inconclusive, false" })
	void theAssertionFailsWithTheLineOfACellThatDoesNotSurvive(String word, boolean survives) {
		CellResult cell = SampleRun.cell(word + " LIVENESS");

		if (survives) {
			cell.assertSurvives();
		}
		else {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(cell::assertSurvives).withMessage(cell.line());
		}
	}

	@Test
	void aTimelineReachesFromThePodToTheLastMark() {
		assertThat(Timeline.of(SampleObservation.of("liveness").with("uncontrolled; unlogged").build()))
			.returns(at(-60), Timeline::first)
			.returns(at(15), Timeline::last);
	}

	/** From the first moment to the last one, in seconds since the pod's creation. */
	@ParameterizedTest
	@CsvSource({ "0, 1, 0 1", "-7, 30, 0 10 20 30", "0, 99, 0 10 20 30 40 50 60 70 80 90",
			"0, 600, 0 100 200 300 400 500 600", "0, 86400, 0 10000 20000 30000 40000 50000 60000 70000 80000",
			"3, 3, 3" })
	void anAxisHasAtMostTenTicks(int first, int last, String ticks) {
		Instant zero = at(0);
		Timeline timeline = new Timeline(SampleObservation.of("liveness").build(), zero, at(first), at(last));

		assertThat(timeline.ticks()).extracting(String::valueOf).containsExactly(ticks.split(" "));
		assertThat(List.of(timeline.x(at(first - 1)), timeline.x(at(last + 1_000)))).containsExactly(12, 628);
	}

}

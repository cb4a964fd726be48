package io.pyserver.lab.report;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One page, for a phone, paper and a screen reader, that needs nothing but itself.
 */
class HtmlPageTest {

	private static final LabRun RUN = SampleRun.whole((cell) -> switch (cell.id()) {
		case "deny-both/httpGet/liveness/policy-first" -> "broken";
		case "deny-ingress/tcpSocket/startup/pod-first" -> "not-enforced";
		case "deny-egress/grpc/liveness/pod-first" -> "suspect";
		case "allow-peer/exec/readiness/policy-first" -> "inconclusive";
		default -> "survives";
	});

	private static String text;

	private static Document page;

	@BeforeAll
	static void wholeMatrix() throws IOException {
		text = HtmlPage.of(RUN);
		page = Jsoup.parse(text);
	}

	private static Document page(CellResult... cells) throws IOException {
		return Jsoup.parse(HtmlPage.of(SampleRun.of(SampleRun.CLUSTER, cells)));
	}

	@Test
	void aBrowserHasNothingToMend() {
		Parser parser = Parser.htmlParser().setTrackErrors(3);
		Jsoup.parse(text, parser);

		assertThat(parser.getErrors()).isEmpty();
	}

	@Test
	void theFirstSentenceIsTheFinding() {
		assertThat(page.body().text()).startsWith(RUN.summary());
		assertThat(page.select("h1").eachText()).containsExactly(RUN.summary());
		assertThat(page.title()).isEqualTo(new Summary(RUN).claim());
	}

	@Test
	void itNeedsNothingButItself() {
		assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
			.isEqualTo("default-src 'none'; style-src 'unsafe-inline'");
		assertThat(page.select("[href]:not([href^=details/])").eachAttr("href")).isNotEmpty()
			.allMatch((link) -> link.startsWith("#"));
		assertThat(page.select("script, link, img, iframe, object, [src], [style], [^on]")).isEmpty();
		assertThat(page.select("style").html()).contains("@page").doesNotContain("url(", "@import", "</", "http");
	}

	@Test
	void everyLinkLeadsSomewhere() {
		List<String> ids = page.select("[id]").eachAttr("id");

		assertThat(ids).doesNotHaveDuplicates();
		assertThat(page.select("[href^=#]").eachAttr("href")).extracting((link) -> link.substring(1)).isSubsetOf(ids);
		assertThat(page.select("[aria-labelledby]").eachAttr("aria-labelledby"))
			.allSatisfy((names) -> assertThat(names.split(" ")).isSubsetOf(ids));
	}

	@Test
	void aScreenReaderIsToldWhatATableAndAPictureShow() {
		assertThat(page.select("th:not([scope])")).isEmpty();
		assertThat(page.select("figure svg:not([role=img][aria-labelledby])")).isEmpty();
		assertThat(page.select("svg:not(figure svg):not([aria-hidden=true], :has(symbol))")).isEmpty();
	}

	@Test
	void everySignHasAShapeAndIsInTheLegend() {
		assertThat(page.select("symbol path").eachAttr("d")).hasSameSizeAs(Timeline.Glyph.values())
			.doesNotHaveDuplicates();
		assertThat(page.select("ul.legend use").eachAttr("href")).hasSameSizeAs(Timeline.Glyph.values())
			.containsAll(page.select("figure use").eachAttr("href"));
	}

	@Test
	void theMatrixOpensEachCellInPlace() {
		assertThat(page.select(".matrix td details:not([open])")).hasSize(120);
		assertThat(
				page.select(".matrix td.broken details:has(a[href=#deny-both/httpGet/liveness/policy-first]) summary")
					.text())
			.isEqualTo("\u2717 broken");
	}

	@Test
	void onlyWhatDoesNotSurviveIsUnfolded() {
		assertThat(page.select("details.cell")).hasSize(120);
		assertThat(page.select("details.cell[open] .id").eachText()).containsExactly(
				"deny-ingress/tcpSocket/startup/pod-first", "deny-egress/grpc/liveness/pod-first",
				"deny-both/httpGet/liveness/policy-first", "allow-peer/exec/readiness/policy-first");
	}

	@Test
	void paperShowsWhatIsFolded() {
		assertThat(page.select("style").html().split("@media print")[1])
			.containsPattern("details::details-content \\{[^}]*content-visibility: visible");
	}

	@Test
	void aWholeMatrixIsQuickToOpen() {
		assertThat(text).hasSizeLessThan(2_000_000);
	}

	@Test
	void nothingNarrowsAWideRun() throws IOException {
		TestedCluster wide = new TestedCluster("k3s", "v1", "Calico", List.of(), "pyserver", List.of());
		LabRun run = SampleRun.of(wide, RUN.cells().toArray(CellResult[]::new));

		assertThat(Jsoup.parse(HtmlPage.of(run)).select(".limits")).isEmpty();
	}

	/** Of the cluster, of a cell, and in an attribute. */
	@Test
	void aHostileTextIsShownAndDoesNothing() throws IOException {
		String hostile = SampleRun.HOSTILE;
		LabRun run = SampleRun.of(
				new TestedCluster(hostile, hostile, hostile, List.of(hostile), hostile, List.of(hostile)),
				SampleRun.saying(hostile));
		String html = HtmlPage.of(run);

		assertThat(html).doesNotContain("\u0000", "\u001b", "\r", "\u202e", "\ud800", "\uffff");
		assertThat(Jsoup.parse(html).select("script, img")).isEmpty();
		for (String element : List.of("h1", ".limits li", ".because li", ".known dd", ".times")) {
			assertThat(Jsoup.parse(html).select(element).text())
				.contains("</script><img src=x onerror=alert(1)>\"'&amp;]]>");
		}
	}

	@Test
	void theDetailsAreALinkAway() throws IOException {
		CellResult detailed = SampleRun.result(RUN.cells().getFirst().observation(), "details/\"><i>");

		assertThat(page(detailed).select("a:contains(Logs, events, objects and rules)").eachAttr("href"))
			.containsExactly("details/\"><i>/");
	}

	@Test
	void aTextWithoutEndIsCut() throws IOException {
		Document cell = page(SampleRun.saying("x".repeat(1_000_000)));

		assertThat(cell.html()).hasSizeLessThan(50_000);
		assertThat(cell.select(".problem").text()).endsWith("x \u2026 (all of it in report.json)");
		assertThat(cell.select(".because li").text()).endsWith("x ...").hasSize(300);
	}

	@Test
	void aListWithoutEndIsCut() throws IOException {
		Finding finding = new Finding(Verdict.BROKEN, Collections.nCopies(40, "x"));
		Document cell = page(new CellResult(RUN.cells().getFirst().observation(), finding, null));

		assertThat(cell.select(".cell .because li").eachText()).hasSize(31)
			.endsWith("x", "\u2026 and 10 more, in report.json");
	}

}

package io.pyserver.lab.report;

import java.io.IOException;
import java.util.List;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One page, for a phone, paper and a screen reader, that needs nothing but itself.
 */
class HtmlPageTest {

	private static String text;

	private static Document page;

	@BeforeAll
	static void wholeMatrix() throws IOException {
		text = HtmlPage.of(SampleRun.mixed());
		page = Jsoup.parse(text);
	}

	@Test
	void aBrowserHasNothingToMend() {
		Parser parser = Parser.htmlParser().setTrackErrors(3);
		Jsoup.parse(text, parser);

		assertThat(parser.getErrors()).isEmpty();
	}

	@Test
	void theFirstSentenceIsTheFinding() {
		OpeningSentence sentence = OpeningSentence.of(SampleRun.mixed());

		assertThat(page.body().text()).startsWith(sentence.text());
		assertThat(page.select("h1").eachText()).containsExactly(sentence.text());
		assertThat(page.title()).isEqualTo(sentence.claim());
	}

	@Test
	void itNeedsNothingButItself() {
		assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
			.isEqualTo("default-src 'none'; style-src 'unsafe-inline'");
		assertThat(page.select("[href]").eachAttr("href")).isNotEmpty().allMatch((link) -> link.startsWith("#"));
		assertThat(page.select("script, link, img, iframe, object, [src], [style], [^on]")).isEmpty();
		assertThat(page.select("style").html()).contains("@page").doesNotContain("url(", "@import", "</", "http");
	}

	@Test
	void everyLinkLeadsSomewhere() {
		List<String> ids = page.select("[id]").eachAttr("id");

		assertThat(ids).doesNotHaveDuplicates();
		assertThat(page.select("[href]").eachAttr("href")).extracting((link) -> link.substring(1)).isSubsetOf(ids);
		assertThat(page.select("[aria-labelledby]").eachAttr("aria-labelledby"))
			.allSatisfy((names) -> assertThat(names.split(" ")).isSubsetOf(ids));
	}

	@Test
	void theMatrixOpensEachCellInPlace() {
		assertThat(page.select(".matrix td details:not([open])")).hasSize(120);
		assertThat(summary("td.broken", "deny-both/httpGet/liveness/policy-first")).isEqualTo("\u2717 broken");
		assertThat(summary("td.survives", "none/exec/startup/pod-first")).isEqualTo("\u2713 survives");
		assertThat(page.select("th:not([scope])")).isEmpty();
	}

	private static String summary(String style, String cell) {
		return page.select(style + " details:has(a[href=#" + cell + "]) summary").text();
	}

	/** Probes through the time of enforcement, a failed one among them. */
	@Test
	void eachCellOfTheMatrixHasItsTimelineInSmall() {
		Elements broken = page.select(".matrix details:has(a[href=#deny-both/httpGet/liveness/policy-first]) svg");
		Elements baseline = page.select(".matrix details:has(a[href=#none/httpGet/liveness/pod-first]) svg");

		assertThat(broken.select("rect.enforced")).hasSize(1);
		assertThat(broken.select("path.g-answered").attr("d")).startsWith("M");
		assertThat(broken.select("path.g-failed").attr("d")).startsWith("M");
		assertThat(baseline.select("rect")).isEmpty();
		assertThat(baseline.select("path.g-failed").attr("d")).isEmpty();
	}

	@Test
	void theFirstScreenSaysWhatWasNotTried() throws IOException {
		assertThat(page.select("header .limits").text()).contains("other-node-to-pod was not tried");
		assertThat(Page.of("survives LIVENESS").select("header .limits li").eachText())
			.anyMatch((limit) -> limit.startsWith("119 of the 120 cells of the matrix were not tried"));
	}

	@Test
	void onlyWhatDoesNotSurviveIsUnfolded() {
		assertThat(page.select("details.cell")).hasSize(120);
		assertThat(page.select("details.cell[open] .id").eachText()).containsExactly(
				"deny-ingress/tcpSocket/startup/pod-first", "deny-egress/grpc/liveness/pod-first",
				"deny-both/httpGet/liveness/policy-first", "deny-both/grpc/readiness/pod-first",
				"allow-peer/exec/readiness/policy-first");
	}

	@Test
	void paperShowsWhatIsFolded() {
		assertThat(page.select("style").html().split("@media print")[1])
			.containsPattern("details::details-content \\{[^}]*content-visibility: visible");
	}

	@Test
	void nothingNarrowsAWideRun() throws IOException {
		TestedCluster wide = new TestedCluster("k3s", "v1", "Calico", List.of(), "pyserver", List.of());

		CellResult[] all = SampleRun.mixed().cells().toArray(CellResult[]::new);

		assertThat(Page.of(SampleRun.of(wide, all)).select(".limits")).isEmpty();
	}

	@Test
	void everySignIsInTheLegend() {
		assertThat(page.select("ul.legend use").eachAttr("href")).hasSameSizeAs(Glyph.values())
			.containsAll(page.select("figure use").eachAttr("href"));
	}

	/** Of the cluster, of a cell, and in an attribute. */
	@Test
	void aHostileTextIsShownAndDoesNothing() throws IOException {
		String hostile = SampleRun.HOSTILE;
		LabRun run = SampleRun.of(
				new TestedCluster(hostile, hostile, hostile, List.of(hostile), hostile, List.of(hostile)),
				SampleCell.detailed(hostile, SampleCell.of(hostile, SampleCell.LIVENESS, hostile)));

		assertThat(HtmlPage.of(run)).doesNotContain("\u0000", "\u001b", "\r", "\u202e", "\ud800", "\uffff");
		assertThat(Page.of(run).select("script, img")).isEmpty();
		for (String place : List.of("h1", ".limits li", ".because li", ".known dd", ".times")) {
			assertThat(Page.of(run).select(place).text()).contains("</script><img src=x onerror=alert(1)>\"'&amp;]]>");
		}
	}

	@Test
	void aWholeMatrixIsQuickToOpen() {
		assertThat(text).hasSizeLessThan(2_000_000);
	}

}

package io.pyserver.lab.report;

import java.io.IOException;
import java.util.List;

import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One page, for a phone, paper and a screen reader, that needs nothing but itself.
 */
class HtmlPageTest {

	private static String text;

	private static Page mixed;

	@BeforeAll
	static void wholeMatrix() throws IOException {
		text = HtmlPage.of(SampleRun.mixed());
		mixed = Page.of(SampleRun.mixed());
	}

	@Test
	void aBrowserHasNothingToMend() {
		Parser parser = Parser.htmlParser().setTrackErrors(3);
		Jsoup.parse(text, parser);

		assertThat(parser.getErrors()).isEmpty();
	}

	@Test
	void theFirstSentenceIsTheFinding() {
		assertThat(mixed.texts("body").getFirst()).startsWith(OpeningSentence.of(SampleRun.mixed()).text());
		assertThat(mixed.count("h1")).isOne();
		assertThat(mixed.document().title())
			.isEqualTo("Some probes break under default-deny on k3d-foo (Kubernetes v1.34.4, Cilium)");
	}

	@Test
	void itNeedsNothingButItself() {
		assertThat(mixed.document().select("meta[http-equiv=Content-Security-Policy]").attr("content"))
			.isEqualTo("default-src 'none'; style-src 'unsafe-inline'");
		assertThat(mixed.attributes("href")).isNotEmpty().allMatch((link) -> link.startsWith("#"));
		assertThat(mixed.count("script, link, img, iframe, object, [src], [style], [^on]")).isZero();
		assertThat(mixed.document().select("style").html()).contains("@media print")
			.doesNotContain("url(", "@import", "</", "http");
	}

	@Test
	void everyLinkLeadsSomewhere() {
		List<String> ids = mixed.attributes("id");

		assertThat(ids).doesNotHaveDuplicates();
		assertThat(mixed.attributes("href")).extracting((link) -> link.substring(1)).isSubsetOf(ids);
		assertThat(mixed.attributes("aria-labelledby")).doesNotHaveDuplicates()
			.allSatisfy((names) -> assertThat(names.split(" ")).isSubsetOf(ids));
	}

	@Test
	void theMatrixHasALinkForEachCell() {
		assertThat(mixed.count(".matrix td a")).isEqualTo(120);
		assertThat(mixed.texts("td.broken a[href=#deny-both/httpGet/liveness/policy-first]"))
			.containsExactly("\u2717 broken");
		assertThat(mixed.texts("td.survives a[href=#none/exec/startup/pod-first]")).containsExactly("\u2713 survives");
		assertThat(mixed.count("th:not([scope])")).isZero();
	}

	@Test
	void aCellThatWasNotRunSaysSo() throws IOException {
		Page page = Page.of(SampleCell.survives(SampleCell.BASELINE), SampleCell.survives(SampleCell.LIVENESS));

		assertThat(page.texts("td.not-run")).hasSize(2).containsOnly("\u2013 not run");
	}

	@Test
	void onlyWhatDoesNotSurviveIsUnfolded() {
		assertThat(mixed.count("details.cell")).isEqualTo(120);
		assertThat(mixed.document().select("details.cell[open] > div").eachAttr("id")).containsExactly(
				"deny-ingress/tcpSocket/startup/pod-first", "deny-egress/grpc/liveness/pod-first",
				"deny-both/httpGet/liveness/policy-first", "deny-both/grpc/readiness/pod-first",
				"allow-peer/exec/readiness/policy-first");
	}

	@Test
	void paperShowsWhatIsFolded() {
		assertThat(mixed.document().select("style").html().split("@media print")[1])
			.containsPattern("details::details-content \\{[^}]*content-visibility: visible");
	}

	@Test
	void theRunIsDescribed() {
		assertThat(mixed.facts("main > section > dl")).containsEntry("Cluster", "k3d-foo")
			.containsEntry("Kubernetes", "v1.34.4")
			.containsEntry("Policy engine", "Cilium")
			.containsEntry("Nodes", "node-1, node-2")
			.containsEntry("Image", "pyserver:1.0")
			.containsEntry("Started", "2026-11-23 05:20:40 UTC")
			.containsEntry("Took", "3 min 10 s")
			.containsEntry("lab.period", "1 s");
	}

	@Test
	void whatNarrowsTheVerdictsIsNamed() throws IOException {
		TestedCluster wide = new TestedCluster("k3s", "v1", "Calico", List.of(), "pyserver", List.of());

		assertThat(mixed.texts(".limits li"))
			.containsExactly("nodes cannot be entered: other-node-to-pod was not tried");
		assertThat(Page.of(SampleRun.of(wide, List.of())).count(".limits")).isZero();
	}

	@Test
	void everySignIsInTheLegend() {
		assertThat(mixed.document().select("ul.legend use").eachAttr("href")).hasSameSizeAs(Glyph.values())
			.containsAll(mixed.document().select("figure use").eachAttr("href"));
	}

	@Test
	void aWholeMatrixIsQuickToOpen() {
		assertThat(text).hasSizeLessThan(2_000_000);
	}

}

package io.pyserver.lab.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One page, for a phone, paper and a screen reader, that needs nothing but itself. That
 * it can be parsed at all shows that every text is escaped and every element closed.
 */
class HtmlPageTest {

	private static Page mixed;

	@BeforeAll
	static void wholeMatrix() throws IOException {
		mixed = Page.of(SampleRun.mixed());
	}

	@Test
	void theFirstSentenceIsTheFinding() {
		String visible = mixed.tree().texts("//body").getFirst().strip();

		assertThat(visible).startsWith(OpeningSentence.of(SampleRun.mixed()).text());
		assertThat(mixed.tree().texts("//h1")).hasSize(1);
	}

	@Test
	void itNeedsNothingButItself() {
		assertThat(mixed.tree().texts("//meta[@http-equiv='Content-Security-Policy']/@content"))
			.containsExactly("default-src 'none'; style-src 'unsafe-inline'");
		assertThat(mixed.tree().texts("//@href")).isNotEmpty().allMatch((link) -> link.startsWith("#"));
		assertThat(mixed.tree().count("//script | //link | //img | //iframe | //object | //@src | //@style")).isZero();
		assertThat(mixed.tree().texts("//style")).singleElement()
			.asString()
			.doesNotContain("url(", "@import", "</", "http");
		assertThat(mixed.tree().texts("//@*[starts-with(name(), 'on')]")).isEmpty();
	}

	@Test
	void everyLinkLeadsSomewhere() {
		List<String> ids = mixed.tree().texts("//@id");

		assertThat(ids).doesNotHaveDuplicates();
		assertThat(mixed.tree().texts("//@href")).extracting((link) -> link.substring(1)).isSubsetOf(ids);
		assertThat(mixed.tree().texts("//@aria-labelledby"))
			.allSatisfy((names) -> assertThat(names.split(" ")).isSubsetOf(ids));
	}

	@Test
	void theMatrixHasALinkForEachCell() {
		assertThat(mixed.tree().count("//table[@class='matrix']//td/a")).isEqualTo(120);
		assertThat(mixed.tree().texts("//td/a[@href='#deny-both/httpGet/liveness/policy-first']"))
			.containsExactly("\u2717 broken");
		assertThat(mixed.tree().texts("//td/a[@href='#none/exec/startup/pod-first']"))
			.containsExactly("\u2713 survives");
		assertThat(mixed.tree().count("//th[not(@scope)]")).isZero();
	}

	@Test
	void aCellThatWasNotRunSaysSo() throws IOException {
		Page page = Page.of(SampleCell.survives(SampleCell.BASELINE), SampleCell.survives(SampleCell.LIVENESS));

		assertThat(page.tree().texts("//td[@class='not-run']")).hasSize(2).containsOnly("\u2013 not run");
	}

	@Test
	void onlyWhatDoesNotSurviveIsUnfolded() {
		assertThat(mixed.tree().count("//details[@class='cell']")).isEqualTo(120);
		assertThat(mixed.tree().texts("//details[@class='cell'][@open]/div/@id")).containsExactly(
				"deny-ingress/tcpSocket/startup/pod-first", "deny-egress/grpc/liveness/pod-first",
				"deny-both/httpGet/liveness/policy-first", "deny-both/grpc/readiness/pod-first",
				"allow-peer/exec/readiness/policy-first");
	}

	@Test
	void paperShowsWhatIsFolded() {
		assertThat(mixed.tree().texts("//style").getFirst().split("@media print")[1])
			.containsPattern("details::details-content \\{[^}]*content-visibility: visible");
	}

	@Test
	void theRunIsDescribed() {
		assertThat(mixed.tree().texts("//dl[1]/dd")).contains("k3d-foo", "v1.34.4", "Cilium", "node-1, node-2",
				"pyserver:1.0", "2026-11-23 05:20:40 UTC", "3 min 10 s");
		assertThat(mixed.tree().texts("//dt[.='lab.period']/following-sibling::dd[1]")).containsExactly("1 s");
		assertThat(mixed.tree().texts("//section[@class='limits']//li"))
			.containsExactly("nodes cannot be entered: other-node-to-pod was not tried");
	}

	@Test
	void withoutLimitsNoneAreNamed() throws IOException {
		TestedCluster cluster = new TestedCluster("k3s", "v1", "Calico", List.of(), "pyserver", List.of());

		assertThat(Page.of(SampleRun.of(cluster, List.of())).tree().count("//*[@class='limits']")).isZero();
	}

	@Test
	void aWholeMatrixIsQuickToOpen() {
		assertThat(mixed.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(2_000_000);
	}

}

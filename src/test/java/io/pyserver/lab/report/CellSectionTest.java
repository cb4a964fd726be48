package io.pyserver.lab.report;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader finds the verdict of a cell, why, and every fact that it rests on.
 */
class CellSectionTest {

	@Test
	void theVerdictHasItsReasons() throws IOException {
		Xml cell = Page.of(SampleCell.broken(SampleCell.LIVENESS)).tree();

		assertThat(cell.texts("//summary/h4")).containsExactly("\u2717 broken deny-both/httpGet/liveness/pod-first");
		assertThat(cell.texts("//ul[@class='because']/li")).containsExactly("6 probes of 10 failed");
	}

	@Test
	void aControlIsShownByPhaseAndAWrongOneStandsOut() throws IOException {
		Xml good = Page.of(SampleCell.survives(SampleCell.LIVENESS)).tree();
		Xml bad = Page.of(SampleCell.notEnforced(SampleCell.LIVENESS)).tree();

		assertThat(good.texts("//tr[th='pod-to-pod']/td")).containsExactly("blocked", "1 reached, 1 timed out",
				"1 reached, 1 timed out", "1 timed out", "1 reached, 1 refused");
		assertThat(good.count("//td[@class='wrong']")).isZero();
		assertThat(bad.texts("//tr[th='pod-to-pod']/td[@class='wrong']")).containsExactly("\u2717 1 reached");
		assertThat(bad.texts("//tr[th='own-node-to-pod']/td")).startsWith("open").doesNotContain("\u2717 1 reached");
		assertThat(bad.texts("//tr[th='pod-to-pod-ping']/td")).startsWith("either").doesNotContain("\u2717 1 reached");
	}

	@Test
	void theProbesHaveTheirFiguresAndSources() throws IOException {
		Xml cell = Page.of(SampleCell.survives(SampleCell.LIVENESS)).tree();

		assertThat(fact(cell, "During the watch")).containsExactly("10 in 10.0 s");
		assertThat(fact(cell, "Period")).containsExactly("1.0 s");
		assertThat(fact(cell, "Longest gap")).containsExactly("1.0 s");
		assertThat(fact(cell, "First and last")).containsExactly("8.3 s, 17.3 s");
		assertThat(fact(cell, "By the log")).containsExactly("18");
		assertThat(cell.texts("//tr[th='10.42.0.1']/td")).containsExactly("10", "the pod\u2019s own node");
		assertThat(cell.texts("//p[@class='times']")).singleElement().asString().startsWith("10.42.0.1: 0.3 1.3 ");
	}

	@Test
	void aStartupProbeIsNotExpectedToGoOn() throws IOException {
		Xml cell = Page.of(SampleCell.survives(SampleCell.BASELINE)).tree();

		assertThat(fact(cell, "Longest gap")).containsExactly("1.0 s: startup probes end with the first success");
	}

	@Test
	void anExecProbeComesFromInsideThePod() throws IOException {
		Xml cell = Page.of(SampleRun.full(SampleCell::survives)).tree();

		assertThat(cell.texts("//div[@id='deny-both/exec/liveness/pod-first']//tr[th='127.0.0.1']/td"))
			.containsExactly("10", "inside the pod");
		assertThat(cell.texts("//div[@id='deny-both/exec/liveness/pod-first']//dt[.='By the pod\u2019s history']"
				+ "/following-sibling::dd[1]"))
			.containsExactly("not kept");
	}

	@Test
	void aProbeFromElsewhereStandsOut() throws IOException {
		Xml cell = Page.of(SampleCell.hostile(SampleCell.LIVENESS, "10.42.9.9")).tree();

		assertThat(cell.texts("//tr[th='10.42.1.7']/td[@class='wrong']"))
			.containsExactly("\u2717 not the pod\u2019s own node");
		assertThat(cell.texts("//p[@class='times']")).contains("10.42.9.9: 10.0\u00a0\u2717 ");
	}

	/** No interface of the node holds such an address (cilium#17839). */
	@Test
	void aLinkLocalProbeIsTheNodesOwn() throws IOException {
		Xml cell = Page.of(SampleCell.hostile(SampleCell.LIVENESS, "169.254.169.252")).tree();

		assertThat(cell.texts("//tr[th='169.254.169.252']/td[@class='right']"))
			.containsExactly("the pod\u2019s own node");
	}

	@Test
	void harmAndCausalityAreToldApart() throws IOException {
		Xml cell = Page.of(SampleCell.broken(SampleCell.LIVENESS)).tree();

		assertThat(fact(cell, "Restarts")).containsExactly("1");
		assertThat(fact(cell, "Since")).containsExactly("2026-11-23 05:21:01 UTC");
		assertThat(fact(cell, "Followed")).containsExactly("\u2713 yes");
		assertThat(fact(cell, "Bystanders harmed")).containsExactly("none");
		assertThat(cell.texts("//ul[@class='events']/li")).containsExactly(
				"Liveness probe failed: HTTP probe failed with statuscode: 503",
				"Container pyserver failed liveness probe");
	}

	@Test
	void thePodIsNamed() throws IOException {
		Xml cell = Page.of(SampleCell.survives(SampleCell.LIVENESS)).tree();

		assertThat(fact(cell, "Pod")).containsExactly("lab-deny-both/httpget");
		assertThat(fact(cell, "Node\u2019s addresses")).containsExactly("10.42.0.1, 127.0.0.1, 172.18.0.3");
		assertThat(fact(cell, "Image under test")).containsExactly("sha256:1234 or sha256:a or sha256:b");
		assertThat(fact(cell, "Since")).isEmpty();
		assertThat(fact(cell, "Policies created")).containsExactly("2026-11-23 05:20:54 UTC");
	}

	@Test
	void theDetailsAreALinkAwayWhereThereAreAny() throws IOException {
		String folder = "details/\"><i>";
		Xml cell = Page
			.of(SampleCell.detailed(folder, SampleCell.survives(SampleCell.LIVENESS)),
					SampleCell.survives(SampleCell.READINESS))
			.tree();

		assertThat(cell.texts("//div[@id='deny-both/httpGet/liveness/pod-first']/p/a[not(starts-with(@href, '#'))]"))
			.containsExactly("Logs, events, objects and rules");
		assertThat(cell.texts("//@href")).filteredOn((link) -> !link.startsWith("#")).containsExactly(folder + "/");
	}

	@Test
	void aCellHasASectionForEachNode() throws IOException {
		Xml page = Page
			.of(SampleCell.on("a", SampleCell.survives(SampleCell.LIVENESS)),
					SampleCell.on("b", SampleCell.broken(SampleCell.LIVENESS)),
					SampleCell.on("c", SampleCell.survives(SampleCell.LIVENESS)),
					SampleCell.on("c", SampleCell.survives(SampleCell.READINESS)))
			.tree();

		assertThat(page.texts("//summary/h4")).containsExactly(
				"\u2713 survives deny-ingress/grpc/readiness/policy-first",
				"\u2717 broken deny-both/httpGet/liveness/pod-first on node b",
				"\u2713 survives deny-both/httpGet/liveness/pod-first on node a",
				"\u2713 survives deny-both/httpGet/liveness/pod-first on node c");
		assertThat(page.texts("//table[@class='matrix']//td/a[starts-with(@href, '#deny-both')]"))
			.containsExactly("\u2717 broken");
		assertThat(page.texts("//details[div/@id='deny-both/httpGet/liveness/pod-first']/summary/h4"))
			.containsExactly("\u2717 broken deny-both/httpGet/liveness/pod-first on node b");
		assertThat(page.texts("//@id")).doesNotHaveDuplicates();
		assertThat(page.texts("//@aria-labelledby")).doesNotHaveDuplicates();
	}

	@Test
	void whatIsMissingIsSaid() throws IOException {
		Xml cell = Page.of(SampleCell.inconclusive(SampleCell.LIVENESS)).tree();

		assertThat(cell.texts("//p[@class='problem']"))
			.containsExactly("The experiment ended early: pods were not ready within 120 s");
		assertThat(cell.texts("//div[@class='known']/p")).contains("Nothing was seen of it in time.", "None was tried.",
				"No evidence of probes.", "Not tried: the experiment did not get that far.", "There was no pod.");
	}

	@Test
	void aHostileTextIsShownAndDoesNothing() throws IOException {
		Xml cell = Page.of(SampleCell.hostile(SampleCell.LIVENESS, SampleRun.HOSTILE)).tree();

		assertThat(cell.count("//script | //img")).isZero();
		assertThat(cell.texts("//ul[@class='because']/li")).containsExactly(VisibleText.unicode(SampleRun.HOSTILE));
	}

	@Test
	void aTextWithoutEndIsCut() throws IOException {
		Page page = Page.of(SampleCell.hostile(SampleCell.LIVENESS, "x".repeat(1_000_000)));

		assertThat(page.text().length()).isLessThan(50_000);
		assertThat(page.tree().texts("//ul[@class='because']/li")).singleElement()
			.asString()
			.endsWith("x \u2026 (all of it in report.json)");
	}

	private static List<String> fact(Xml cell, String term) {
		return cell.texts("//div[@class='known']//dt[.='" + term + "']/following-sibling::dd[1]");
	}

}

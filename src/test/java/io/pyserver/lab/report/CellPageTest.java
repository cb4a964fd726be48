package io.pyserver.lab.report;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Verdict;

import static io.pyserver.lab.report.SampleCell.BASELINE;
import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static io.pyserver.lab.report.SampleCell.READINESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader finds the verdict of a cell, why, and every fact that it rests on.
 */
class CellPageTest {

	@Test
	void theVerdictHasItsReasons() throws IOException {
		Page cell = Page.of(SampleCell.broken(LIVENESS));

		assertThat(cell.texts("summary h4")).containsExactly("\u2717 broken deny-both/httpGet/liveness/pod-first");
		assertThat(cell.texts(".because li")).containsExactly("6 probes of 10 failed");
	}

	@Test
	void aControlIsShownByPhaseAndAWrongOneStandsOut() throws IOException {
		Page good = Page.of(SampleCell.survives(LIVENESS));
		Page bad = Page.of(SampleCell.notEnforced(LIVENESS));

		assertThat(good.texts("th:matchesOwn(^pod-to-pod$) ~ td")).containsExactly("blocked", "1 reached, 1 timed out",
				"1 reached, 1 timed out", "1 timed out", "1 reached, 1 refused");
		assertThat(good.count("td.wrong")).isZero();
		assertThat(bad.texts("th:matchesOwn(^pod-to-pod$) ~ td.wrong")).containsExactly("\u2717 1 reached");
		assertThat(bad.texts("th:matchesOwn(own-node-to-pod) ~ td")).startsWith("open")
			.doesNotContain("\u2717 1 reached");
		assertThat(bad.texts("th:matchesOwn(ping) ~ td")).startsWith("either").doesNotContain("\u2717 1 reached");
	}

	@Test
	void whatSurvivedHasItsFacts() throws IOException {
		Page cell = Page.of(SampleCell.survives(LIVENESS));

		assertThat(cell.facts(".known"))
			.containsAllEntriesOf(Map.of("During the watch", "10 in 10.0 s", "Period", "1.0 s", "Longest gap", "1.0 s",
					"First and last", "8.3 s, 17.3 s", "By the log", "18", "Pod", "lab-deny-both/httpget",
					"Node\u2019s addresses", "10.42.0.1, 127.0.0.1, 172.18.0.3", "Image under test",
					"sha256:1234 or sha256:a or sha256:b", "Policies created", "2026-11-23 05:20:54 UTC"))
			.doesNotContainKey("Since");
		assertThat(cell.texts("th:matchesOwn(10.42.0.1) ~ td")).containsExactly("10", "the pod\u2019s own node");
		assertThat(cell.texts(".times")).singleElement().asString().startsWith("10.42.0.1: 0.3 1.3 ");
	}

	@Test
	void harmAndCausalityAreToldApart() throws IOException {
		Page cell = Page.of(SampleCell.broken(LIVENESS));

		assertThat(cell.facts(".known")).containsAllEntriesOf(Map.of("Restarts", "1", "Unhealthy events", "1", "Since",
				"2026-11-23 05:21:01 UTC", "Followed", "\u2713 yes", "Bystanders harmed", "none"));
		assertThat(cell.texts(".events li")).containsExactly(
				"Liveness probe failed: HTTP probe failed with statuscode: 503",
				"Container pyserver failed liveness probe");
	}

	@Test
	void aStartupProbeIsNotExpectedToGoOn() throws IOException {
		assertThat(Page.of(SampleCell.survives(BASELINE)).facts(".known")).containsEntry("Longest gap",
				"1.0 s: startup probes end with the first success");
	}

	@Test
	void anExecProbeComesFromInsideThePod() throws IOException {
		Page page = Page.of(SampleRun.full(SampleCell::survives));
		String cell = "[id=deny-both/exec/liveness/pod-first]";

		assertThat(page.texts(cell + " th:matchesOwn(127.0.0.1) ~ td")).containsExactly("10", "inside the pod");
		assertThat(page.facts(cell)).containsEntry("By the pod\u2019s history", "not kept");
	}

	@Test
	void aProbeFromElsewhereStandsOut() throws IOException {
		Page cell = Page.of(SampleCell.hostile(LIVENESS, "10.42.9.9"));

		assertThat(cell.texts("th:matchesOwn(10.42.1.7) ~ td.wrong"))
			.containsExactly("\u2717 not the pod\u2019s own node");
		assertThat(cell.texts(".times")).contains("10.42.9.9: 10.0 \u2717");
	}

	/** No interface of the node holds such an address (cilium#17839). */
	@Test
	void aLinkLocalProbeIsTheNodesOwn() throws IOException {
		Page cell = Page.of(SampleCell.hostile(LIVENESS, "169.254.169.252"));

		assertThat(cell.texts("th:matchesOwn(169.254.169.252) ~ td.right")).containsExactly("the pod\u2019s own node");
	}

	@Test
	void theDetailsAreALinkAwayWhereThereAreAny() throws IOException {
		Page page = Page.of(SampleCell.detailed("details/\"><i>", SampleCell.survives(LIVENESS)),
				SampleCell.survives(READINESS));

		assertThat(page.document().select(".known a:not([href^=#])")).singleElement()
			.satisfies((link) -> assertThat(link.text()).isEqualTo("Logs, events, objects and rules"))
			.satisfies((link) -> assertThat(link.attr("href")).isEqualTo("details/\"><i>/"));
	}

	@Test
	void aCellHasASectionForEachNode() throws IOException {
		Page page = Page.of(SampleCell.on("a", SampleCell.survives(LIVENESS)),
				SampleCell.on("b", SampleCell.broken(LIVENESS)), SampleCell.survives(READINESS));

		assertThat(page.texts("h4 .id")).containsExactly("deny-ingress/grpc/readiness/policy-first",
				"deny-both/httpGet/liveness/pod-first on node b", "deny-both/httpGet/liveness/pod-first on node a");
		assertThat(page.document().select(".known").eachAttr("id")).containsExactly(
				"deny-ingress/grpc/readiness/policy-first", "deny-both/httpGet/liveness/pod-first",
				"deny-both/httpGet/liveness/pod-first/2");
		assertThat(page.texts("td.broken a")).containsExactly("\u2717 broken");
	}

	@Test
	void whatIsMissingIsSaid() throws IOException {
		assertThat(Page.of(SampleCell.inconclusive(LIVENESS)).texts(".known > p")).containsExactly(
				"The experiment ended early: pods were not ready within 120 s", "Nothing was seen of it in time.",
				"None was tried.", "No evidence of probes.", "Not tried: the experiment did not get that far.",
				"There was no pod.");
	}

	@Test
	void aHostileTextIsShownAndDoesNothing() throws IOException {
		Page cell = Page.of(SampleCell.hostile(LIVENESS, SampleRun.HOSTILE));

		assertThat(cell.count("script, img")).isZero();
		assertThat(cell.document().wholeText()).doesNotContain("\u001b", "\u202e");
		assertThat(cell.document().select(".because li").first().wholeText())
			.isEqualTo(VisibleText.unicode(SampleRun.HOSTILE));
	}

	@Test
	void aTextWithoutEndIsCut() throws IOException {
		Page cell = Page.of(SampleCell.hostile(LIVENESS, "x".repeat(1_000_000)));

		assertThat(cell.document().html()).hasSizeLessThan(50_000);
		assertThat(cell.texts(".because li")).singleElement()
			.asString()
			.endsWith("x \u2026 (all of it in report.json)");
	}

	@Test
	void aListWithoutEndIsCut() throws IOException {
		Finding finding = new Finding(Verdict.BROKEN, Collections.nCopies(40, "x"));

		assertThat(Page.of(new CellResult(SampleCell.broken(LIVENESS).evidence(), finding)).texts(".because li"))
			.hasSize(31)
			.endsWith("x", "\u2026 and 10 more, in report.json");
	}

}

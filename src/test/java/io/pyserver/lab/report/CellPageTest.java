package io.pyserver.lab.report;

import java.io.IOException;
import java.util.Collections;

import org.jspecify.annotations.Nullable;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader finds the verdict of a cell, why, and every fact that it rests on.
 */
class CellPageTest {

	/** What a CSS selector finds, with slashes between the texts. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "nothing",
			textBlock = """
					# its verdict, and why
					broken LIVENESS       | summary h4                         | \u2717 broken deny-both/httpGet/liveness/pod-first
					broken LIVENESS       | .because li                        | 6 probes of 10 failed

					# its controls by phase, of which a wrong one stands out
					survives LIVENESS     | th:matchesOwn(^pod-to-pod$) ~ td   | blocked / 1 reached, 1 timed out / 1 reached, \
					1 timed out / 1 timed out / 1 reached, 1 refused
					survives LIVENESS     | td.wrong                           | nothing
					not-enforced LIVENESS | th:matchesOwn(^pod-to-pod$) ~ .wrong | \u2717 1 reached
					not-enforced LIVENESS | th:contains(own-node) + td         | either
					not-enforced LIVENESS | th:contains(own-node) ~ .wrong     | nothing
					not-enforced LIVENESS | th:contains(ping) + td             | either
					not-enforced LIVENESS | th:contains(ping) ~ .wrong         | nothing

					# its probes
					survives LIVENESS     | dt:contains(Counted by) + dd       | the kubelet
					survives LIVENESS     | dt:contains(Succeeded) + dd        | 10 in 10.0 s
					survives LIVENESS     | dt:matchesOwn(^Failed) + dd        | 0 before enforcement was shown, 0 after it
					broken LIVENESS       | dt:matchesOwn(^Failed) + dd        | 0 before enforcement was shown, 6 after it; the first at 13.0 s
					survives LIVENESS     | dt:matchesOwn(^Period) + dd        | 1.0 s
					survives LIVENESS     | dt:contains(Longest gap) + dd      | 1.0 s
					survives BASELINE     | dt:contains(Longest gap) + dd      | 1.0 s: startup probes end with the first success
					survives LIVENESS     | dt:contains(In the log) + dd       | 10, from 8.3 s to 17.3 s
					survives LIVENESS     | dt:contains(before the) + dd       | 2.5 ms (median), 4.9 ms (99 %), of 7 probes
					survives LIVENESS     | dt:contains(under the policies):contains(Took) + dd | 2.6 ms (median), 5.1 ms (99 %), of 10 probes
					10.42.9.9 LIVENESS    | dt:contains(before the) + dd       | not measured
					survives LIVENESS     | th:contains(10.42.0.1) ~ .right    | the pod\u2019s own node
					survives none/exec    | th:contains(127.0.0.1) ~ .right    | inside the pod
					10.42.9.9 LIVENESS    | th:contains(10.42.1.7) ~ .wrong    | \u2717 not the pod\u2019s own node
					169.254.1.1 LIVENESS  | th:contains(169.254.1.1) ~ .right  | the pod\u2019s own node
					10.42.9.9 LIVENESS    | .times                             | 10.42.1.7: 9.0 / 10.42.9.9: 10.0 \u2717 / 10.42.9.9: 11.0

					# harm and causality, told apart
					broken LIVENESS       | dt:contains(Restarts) + dd         | Error, exit code 143, for failed probes
					survives LIVENESS     | dt:contains(Restarts) + dd         | none
					broken LIVENESS       | dt:contains(Out of service) + dd   | 3.0 s
					survives LIVENESS     | dt:contains(Not found ready) + dd  | nothing
					10.42.9.9 LIVENESS    | dt:contains(Not found ready) + dd  | 4 readiness probes failed since 2026-11-23 05:21:04 UTC, and none succeeded
					broken LIVENESS       | dt:contains(Followed) + dd         | \u2713 yes
					broken LIVENESS       | dt:contains(Bystanders) + dd       | none
					broken LIVENESS       | .events li                         | Liveness probe failed: HTTP probe failed with \
					statuscode: 503 / Container pyserver failed liveness probe

					# its pod
					survives LIVENESS     | dt:matchesOwn(^Pod$) + dd          | lab-deny-both/httpget
					survives LIVENESS     | dt:contains(addresses) + dd        | 10.42.0.1, 127.0.0.1, 172.18.0.3
					survives LIVENESS     | dt:contains(under test) + dd       | sha256:1234 or sha256:a or sha256:b
					survives LIVENESS     | dt:contains(Policies created) + dd | 2026-11-23 05:20:54 UTC

					# what is missing
					inconclusive LIVENESS | .known > p                         | The experiment ended early: pods were not ready \
					within 120 s / Nothing was seen of it in time. / None was tried. / No evidence of probes. / Not tried: the \
					experiment did not get that far. / There was no pod.

					# a section for each node, the worst first, and one cell in the matrix
					survives LIVENESS on a, broken LIVENESS on b | h4 .id       | deny-both/httpGet/liveness/pod-first on node b \
					/ deny-both/httpGet/liveness/pod-first on node a
					survives LIVENESS on a, broken LIVENESS on b | .matrix summary | \u2717 broken

					# the page
					survives BASELINE, broken LIVENESS | .matrix td.not-run, .matrix summary | \u2013 not run / \u2713 survives / \u2717 broken / \u2013 not run
					survives LIVENESS     | .limits li:last-child              | nodes cannot be entered: other-node-to-pod was not tried
					survives LIVENESS     | main > section > dl                | Cluster k3d-foo Kubernetes v1.34.4 Policy engine Cilium \
					Nodes node-1, node-2 Image pyserver:1.0 Started 2026-11-23 05:20:40 UTC Took 3 min 10 s lab.only all lab.period 1 s
					survives LIVENESS     | .known a:contains(Logs)            | nothing
					""")
	void aReaderFinds(String cells, String selector, @Nullable String texts) throws IOException {
		assertThat(String.join(" / ", Page.of(cells).select(selector).eachText()))
			.isEqualTo((texts != null) ? texts : "");
	}

	@Test
	void theDetailsAreALinkAway() throws IOException {
		CellResult detailed = SampleCell.detailed("details/\"><i>", SampleCell.of("survives LIVENESS"));

		assertThat(
				Page.of(SampleRun.of(detailed)).select("a:contains(Logs, events, objects and rules)").eachAttr("href"))
			.containsExactly("details/\"><i>/");
	}

	@Test
	void aTextWithoutEndIsCut() throws IOException {
		Document cell = Page.of("x".repeat(1_000_000) + " LIVENESS");

		assertThat(cell.html()).hasSizeLessThan(50_000);
		assertThat(cell.select(".problem").text()).endsWith("x \u2026 (all of it in report.json)");
		assertThat(cell.select(".because li").text()).endsWith("x ...").hasSize(300);
	}

	@Test
	void aListWithoutEndIsCut() throws IOException {
		Finding finding = new Finding(Verdict.BROKEN, Collections.nCopies(40, "x"));
		Document cell = Page.of(SampleRun.of(new CellResult(SampleCell.of("broken LIVENESS").evidence(), finding)));

		assertThat(cell.select(".because li").eachText()).hasSize(31)
			.endsWith("x", "\u2026 and 10 more, in report.json");
	}

}

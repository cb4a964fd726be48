package io.pyserver.lab.report;

import java.io.IOException;
import java.util.List;

import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.CellEvidence;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The picture has a sign for everything that was seen, where and when it was seen.
 */
class TimelineTest {

	/** What a CSS selector finds. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			broken LIVENESS       | figure title              | Timeline of deny-both/httpGet/liveness/pod-first
			broken LIVENESS       | figure desc               | 40 probes seen, 28 of them failed; 10 in the 10 s that \
			were watched. pod ready at 1.5 s; policies applied at 5.0 s; policies shown to be enforced at 8.0 s; \
			broken on purpose at 20.0 s; container restarted at 25.0 s; policies removed at 35.0 s.
			broken LIVENESS       | .marks li:nth-child(5)    | container restarted at 25.0 s
			survives BASELINE     | .marks li:nth-child(2)    | no policy to apply at 5.0 s
			survives BASELINE     | .marks li:nth-child(3)    | controls all open at 8.0 s
			survives LIVENESS     | figure .number            | 1 2 3 4 5 6
			survives LIVENESS     | figure .tick              | 0 5 10 15 20 25 30 35 s
			survives LIVENESS     | .label:contains(liveness) | liveness probes (40)
			10.42.9.9 LIVENESS    | .label:contains(claimed)  | claimed to be probes (1)
			not-enforced LIVENESS | .label:contains(evidence) | no evidence of liveness probes
			survives LIVENESS     | .label:contains(outsider-to-pod) | outsider-to-pod: to be blocked
			survives LIVENESS     | .label:contains(own-node) | own-node-to-pod: some engines block it
			survives LIVENESS     | .label:contains(ping)     | pod-to-pod-ping: some engines block it
			survives BASELINE     | .label:contains(outsider-to-pod) | outsider-to-pod: always open
			""")
	void itSaysWhatItShows(String cells, String selector, String text) throws IOException {
		assertThat(Page.of(cells).select(selector).text()).isEqualTo(text);
	}

	@Test
	void aScreenReaderIsToldItInWords() throws IOException {
		Document page = Page.of("broken LIVENESS");

		assertThat(page.select("figure svg[role=img]").attr("aria-labelledby"))
			.isEqualTo(page.select("figure title").attr("id") + " " + page.select("figure desc").attr("id"));
	}

	@Test
	void signsDifferInShape() throws IOException {
		assertThat(Page.of(SampleRun.of()).select("symbol path").eachAttr("d")).hasSameSizeAs(Glyph.values())
			.doesNotHaveDuplicates();
	}

	/** Eight controls, of which one in seven attempts is as under the policy. */
	@ParameterizedTest
	@CsvSource({ "broken, ANSWERED, 12", "broken, FAILED, 28", "broken, FOREIGN, 0", "survives, OPEN, 26",
			"survives, BLOCKED, 30", "survives, UNEXPECTED, 0", "not-enforced, UNEXPECTED, 5", "10.42.9.9, FOREIGN, 2",
			"10.42.9.9, FAILED, 1", "10.42.9.9, CLAIMED, 1", "10.42.9.9, ANSWERED, 0", "10.42.9.9, BROKEN_OFF, 14" })
	void whatWasSeenHasItsSign(String cell, Glyph glyph, int signs) throws IOException {
		assertThat(Page.of(cell + " LIVENESS").select("figure use[href=#g-%s]".formatted(glyph.label())))
			.hasSize(signs);
	}

	@Test
	void thePoliciesAreShaded() {
		assertThat(bands("survives LIVENESS")).containsExactly(new Timeline.Band("settling", 90, 48),
				new Timeline.Band("enforced", 138, 423));
		assertThat(bands("survives BASELINE")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 1, 0 1", "0, -7, 30, -5 0 5 10 15 20 25 30", "0, 0, 600, 0 100 200 300 400 500 600",
			"0, 0, 86400, 0 20000 40000 60000 80000", "3, 3, 3, 0" })
	void anAxisHasAFewTicksWhateverItsLength(int zero, int first, int last, String ticks) {
		assertThat(axis(zero, first, last).ticks()).extracting(String::valueOf).containsExactly(ticks.split(" "));
	}

	@ParameterizedTest
	@CsvSource({ "-10, 12", "10, 320", "30, 628", "99, 628" })
	void aMomentIsWhereItBelongs(int moment, int x) {
		assertThat(axis(0, -10, 30).x(SampleCell.at(moment))).isEqualTo(x);
	}

	private static List<Timeline.Band> bands(String cell) {
		CellEvidence evidence = SampleCell.of(cell).evidence();
		return new Timeline(evidence, TimeAxis.of(evidence).orElseThrow()).bands();
	}

	private static TimeAxis axis(int zero, int first, int last) {
		return new TimeAxis(SampleCell.at(zero), SampleCell.at(first), SampleCell.at(last));
	}

}

package io.pyserver.lab.report;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pyserver.lab.report.SampleCell.BASELINE;
import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The picture has a sign for everything that was seen, where and when it was seen.
 */
class TimelineTest {

	@Test
	void itIsNamedAndToldInWords() throws IOException {
		Page page = Page.of(SampleCell.broken(LIVENESS));

		assertThat(page.count("figure svg[role=img][aria-labelledby][viewBox^=0 0 640 ]")).isOne();
		assertThat(page.texts("figure title")).containsExactly("Timeline of deny-both/httpGet/liveness/pod-first");
		assertThat(page.texts("figure desc"))
			.containsExactly("40 probes seen, 28 of them failed; 10 in the 10 s that were watched. pod ready at 1.5 s; "
					+ "policies applied at 5.0 s; policies shown to be enforced at 8.0 s; broken on purpose at 20.0 s; "
					+ "container restarted at 25.0 s; policies removed at 35.0 s.");
	}

	@Test
	void answeredAndFailedProbesDifferInShape() throws IOException {
		Page page = Page.of(SampleCell.broken(LIVENESS));

		assertThat(signs(page, Glyph.ANSWERED)).isEqualTo(12);
		assertThat(signs(page, Glyph.FAILED)).isEqualTo(28);
		assertThat(signs(page, Glyph.FOREIGN)).isZero();
		assertThat(page.document().select("symbol path").eachAttr("d")).hasSameSizeAs(Glyph.values())
			.doesNotHaveDuplicates();
	}

	@Test
	void aProbeFromElsewhereAndAClaimedOneHaveSignsOfTheirOwn() throws IOException {
		Page page = Page.of(SampleCell.hostile(LIVENESS, "10.42.9.9"));

		assertThat(signs(page, Glyph.FOREIGN)).isEqualTo(2);
		assertThat(signs(page, Glyph.FAILED)).isOne();
		assertThat(signs(page, Glyph.CLAIMED)).isOne();
		assertThat(signs(page, Glyph.ANSWERED)).isZero();
		assertThat(page.texts("figure .label")).contains("liveness probes (2)", "claimed to be probes (1)");
	}

	/** Eight controls, of which one in seven attempts is as under the policy. */
	@Test
	void aControlIsOpenOrBlockedAtEachAttempt() throws IOException {
		Page page = Page.of(SampleCell.survives(LIVENESS));

		assertThat(signs(page, Glyph.OPEN)).isEqualTo(8 * 3 + 2);
		assertThat(signs(page, Glyph.BLOCKED)).isEqualTo(8 * 2 + 7 * 2);
		assertThat(signs(page, Glyph.UNEXPECTED)).isZero();
		assertThat(page.texts("figure .label")).contains("pod-to-pod: to be blocked",
				"own-node-to-pod: open under these policies too", "pod-to-pod-ping: some engines block it");
	}

	@Test
	void whatIsNotAsExpectedIsPointedAt() throws IOException {
		assertThat(signs(Page.of(SampleCell.notEnforced(LIVENESS)), Glyph.UNEXPECTED)).isEqualTo(6);
		assertThat(signs(Page.of(SampleCell.hostile(LIVENESS, "x")), Glyph.BROKEN_OFF)).isPositive();
	}

	@Test
	void thePoliciesAreShaded() {
		assertThat(timeline(SampleCell.survives(LIVENESS)).bands())
			.containsExactly(new Timeline.Band("settling", 90, 48), new Timeline.Band("enforced", 138, 423));
		assertThat(timeline(SampleCell.survives(BASELINE)).bands()).isEmpty();
	}

	@Test
	void theMarksAreNumberedAndListed() throws IOException {
		Page page = Page.of(SampleCell.survives(LIVENESS));
		Page baseline = Page.of(SampleCell.survives(BASELINE));

		assertThat(page.texts("figure .number")).containsExactly("1", "2", "3", "4", "5", "6");
		assertThat(page.texts(".marks li")).hasSize(6).contains("container restarted at 25.0 s");
		assertThat(baseline.texts(".marks li")).contains("no policy to apply at 5.0 s", "controls all open at 8.0 s");
	}

	@Test
	void theAxisHasRoundSeconds() throws IOException {
		assertThat(Page.of(SampleCell.survives(LIVENESS)).texts("figure .tick")).containsExactly("0", "5", "10", "15",
				"20", "25", "30", "35 s");
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

	private static TimeAxis axis(int zero, int first, int last) {
		return new TimeAxis(SampleCell.at(zero), SampleCell.at(first), SampleCell.at(last));
	}

	private static Timeline timeline(CellResult result) {
		return Timeline.of(result.evidence()).orElseThrow();
	}

	private static int signs(Page page, Glyph glyph) {
		return page.count("figure use[href=#g-%s]".formatted(glyph.label()));
	}

}

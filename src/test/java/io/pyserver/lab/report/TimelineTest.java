package io.pyserver.lab.report;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The picture has a sign for everything that was seen, where and when it was seen.
 */
class TimelineTest {

	private static final String FIGURE = "//figure/*[name()='svg']";

	@Test
	void itIsNamedAndToldInWords() throws IOException {
		Xml page = Page.of(SampleCell.broken(SampleCell.LIVENESS)).tree();

		assertThat(page.texts(FIGURE + "/title")).containsExactly("Timeline of deny-both/httpGet/liveness/pod-first");
		assertThat(page.texts(FIGURE + "/desc"))
			.containsExactly("40 probes seen, 28 of them failed; 10 in the 10 s that were watched. pod ready at 1.5 s; "
					+ "policies applied at 5.0 s; policies shown to be enforced at 8.0 s; broken on purpose at 20.0 s; "
					+ "container restarted at 25.0 s; policies removed at 35.0 s.");
		assertThat(page.texts(FIGURE + "/@role")).containsExactly("img");
		assertThat(page.texts(FIGURE + "/@viewBox")).singleElement().asString().startsWith("0 0 640 ");
	}

	@Test
	void answeredAndFailedProbesDifferInShape() throws IOException {
		Xml page = Page.of(SampleCell.broken(SampleCell.LIVENESS)).tree();

		assertThat(signs(page, Glyph.ANSWERED)).hasSize(12).allMatch((sign) -> sign.endsWith("v14"));
		assertThat(signs(page, Glyph.FAILED)).hasSize(28).allMatch((sign) -> sign.endsWith("l10 10m0-10l-10 10"));
		assertThat(signs(page, Glyph.FOREIGN)).isEmpty();
	}

	@Test
	void aProbeFromElsewhereAndAClaimedOneHaveSignsOfTheirOwn() throws IOException {
		Xml page = Page.of(SampleCell.hostile(SampleCell.LIVENESS, "10.42.9.9")).tree();

		assertThat(signs(page, Glyph.FOREIGN)).hasSize(2);
		assertThat(signs(page, Glyph.FAILED)).hasSize(1);
		assertThat(signs(page, Glyph.CLAIMED)).hasSize(1);
		assertThat(signs(page, Glyph.ANSWERED)).isEmpty();
		assertThat(page.texts(FIGURE + "/text[@class='label']")).contains("claimed to be probes (1)");
	}

	/** Eight controls, of which one in seven attempts is as under the policy. */
	@Test
	void aControlIsOpenOrBlockedAtEachAttempt() throws IOException {
		Xml page = Page.of(SampleCell.survives(SampleCell.LIVENESS)).tree();

		assertThat(signs(page, Glyph.OPEN)).hasSize(8 * 3 + 2);
		assertThat(signs(page, Glyph.BLOCKED)).hasSize(8 * 2 + 7 * 2);
		assertThat(signs(page, Glyph.UNEXPECTED)).isEmpty();
	}

	@Test
	void whatIsNotAsExpectedIsPointedAt() throws IOException {
		assertThat(signs(Page.of(SampleCell.notEnforced(SampleCell.LIVENESS)).tree(), Glyph.UNEXPECTED)).hasSize(6);
		assertThat(signs(Page.of(SampleCell.hostile(SampleCell.LIVENESS, "x")).tree(), Glyph.BROKEN_OFF)).isNotEmpty();
	}

	@Test
	void thePoliciesAreShaded() throws IOException {
		Xml page = Page.of(SampleCell.survives(SampleCell.LIVENESS)).tree();
		Xml baseline = Page.of(SampleCell.survives(SampleCell.BASELINE)).tree();

		int applied = number(page, "/rect[@class='settling']/@x");
		int enforced = number(page, "/rect[@class='enforced']/@x");
		assertThat(applied).isLessThan(enforced);
		assertThat(applied + number(page, "/rect[@class='settling']/@width")).isEqualTo(enforced);
		assertThat(baseline.count(FIGURE + "/rect")).isZero();
	}

	@Test
	void theMarksAreNumberedAndListed() throws IOException {
		Xml page = Page.of(SampleCell.survives(SampleCell.LIVENESS)).tree();
		Xml baseline = Page.of(SampleCell.survives(SampleCell.BASELINE)).tree();

		assertThat(page.texts(FIGURE + "/text[@class='number']")).containsExactly("1", "2", "3", "4", "5", "6");
		assertThat(page.texts("//ol[@class='marks']/li")).hasSize(6).contains("container restarted at 25.0 s");
		assertThat(baseline.texts("//ol[@class='marks']/li")).contains("no policy to apply at 5.0 s",
				"controls all open at 8.0 s");
	}

	@Test
	void theAxisHasRoundSeconds() throws IOException {
		Xml page = Page.of(SampleCell.survives(SampleCell.LIVENESS)).tree();

		assertThat(page.texts(FIGURE + "/text[@class='tick']")).containsExactly("0", "5", "10", "15", "20", "25", "30",
				"35 s");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 1, 0 1", "0, -7, 30, -5 0 5 10 15 20 25 30", "0, 0, 600, 0 100 200 300 400 500 600",
			"0, 0, 86400, 0 20000 40000 60000 80000", "3, 3, 3, 0" })
	void anAxisHasAFewTicksWhateverItsLength(int zero, int first, int last, String ticks) {
		Span span = new Span(SampleCell.at(zero), SampleCell.at(first), SampleCell.at(last));

		assertThat(new TimeAxis(span, 0, 100).ticks()).extracting(String::valueOf).containsExactly(ticks.split(" "));
	}

	@Test
	void aMomentIsWhereItBelongs() {
		TimeAxis axis = new TimeAxis(new Span(SampleCell.at(0), SampleCell.at(-10), SampleCell.at(30)), 20, 100);

		assertThat(axis.x(SampleCell.at(-10))).isEqualTo(20);
		assertThat(axis.x(SampleCell.at(10))).isEqualTo(60);
		assertThat(axis.x(SampleCell.at(99))).isEqualTo(100);
	}

	private static int number(Xml page, String path) {
		return Integer.parseInt(page.texts(FIGURE + path).getFirst());
	}

	/** One for each subpath that begins a sign. */
	private static List<String> signs(Xml page, Glyph glyph) {
		return page.texts(FIGURE + "/path[@class='" + glyph.style() + "']/@d")
			.stream()
			.flatMap((paths) -> Pattern.compile("M[^M]+").matcher(paths).results())
			.map((sign) -> sign.group())
			.toList();
	}

}

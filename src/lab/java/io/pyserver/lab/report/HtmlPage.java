package io.pyserver.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * A run for people: one page that needs nothing but itself, on a phone, on paper and on a
 * screen. The templates are in {@code src/lab/jte}.
 */
record HtmlPage(LabRun run, Matrix matrix, OpeningSentence sentence, List<String> limits, String css, String signs) {

	private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
			HtmlPage.class.getClassLoader(), HtmlPage.class.getPackageName());

	static String of(LabRun run) throws IOException {
		String css = read("/io/pyserver/board/signs.css") + read("report.css");
		String signs = read("/io/pyserver/board/signs.html");
		StringOutput page = new StringOutput();
		TEMPLATES.render("page.jte",
				new HtmlPage(run, Matrix.of(run), OpeningSentence.of(run), limits(run), css, signs),
				new VisibleOutput(page));
		return page.toString();
	}

	private static String read(String name) throws IOException {
		try (InputStream resource = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), name)) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** What was not tried, first of all the cells. */
	private static List<String> limits(LabRun run) {
		return Stream.concat(Untried.of(run).stream(), run.cluster().limits().stream()).toList();
	}

}

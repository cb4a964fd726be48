package io.pyserver.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

import io.pyserver.lab.evidence.Selection;

/**
 * A run for people: one page that needs nothing but itself, on a phone, on paper and on a
 * screen. The templates are in {@code src/lab/jte}.
 *
 * @param limits what was not tried, first of all the cells
 */
record HtmlPage(LabRun run, Summary summary, List<String> limits, String css, String signs) {

	private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
			HtmlPage.class.getClassLoader(), HtmlPage.class.getPackageName());

	static String of(LabRun run) throws IOException {
		List<String> limits = Stream
			.concat(Selection.untried(run.byCell().keySet()).stream(), run.cluster().limits().stream())
			.toList();
		String css = read("/io/pyserver/board/signs.css") + read("report.css");
		StringOutput page = new StringOutput();
		TEMPLATES.render("page.jte",
				new HtmlPage(run, new Summary(run), limits, css, read("/io/pyserver/board/signs.html")),
				new VisibleOutput(page));
		return page.toString();
	}

	/** A resource of the report, by its name from this class. */
	static String read(String name) throws IOException {
		try (InputStream resource = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), name)) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Cuts every text after 600 characters and makes it visible, before it is escaped.
	 */
	private static final class VisibleOutput extends OwaspHtmlTemplateOutput {

		private static final int LENGTH = 600;

		VisibleOutput(TemplateOutput output) {
			super(output);
		}

		@Override
		public void writeUserContent(String text) {
			super.writeUserContent(VisibleText.unicode((text.length() > LENGTH)
					? text.substring(0, LENGTH) + " \u2026 (all of it in report.json)" : text));
		}

	}

}

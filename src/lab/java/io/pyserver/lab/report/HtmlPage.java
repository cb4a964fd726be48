package io.pyserver.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

import io.pyserver.lab.evidence.Selection;

/**
 * The report for people: one page without other files or scripts, for a phone, a screen
 * and paper. The templates are in {@code src/lab/jte}.
 *
 * @param limits what was not tried
 */
record HtmlPage(LabRun run, Summary summary, List<String> limits, String css, String signs) {

	private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
			HtmlPage.class.getClassLoader(), HtmlPage.class.getPackageName());

	static String of(LabRun run) throws IOException {
		List<String> limits = new ArrayList<>(run.cluster().limits());
		long cells = Selection.matrix().count();
		if (run.byCell().size() < cells) {
			limits.addFirst("%d of the %d cells of the matrix".formatted(cells - run.byCell().size(), cells));
		}
		String css = read("/io/pyserver/board/signs.css") + read("report.css");
		StringOutput page = new StringOutput();
		TEMPLATES.render("page.jte",
				new HtmlPage(run, new Summary(run), limits, css, read("/io/pyserver/board/signs.html")),
				new VisibleOutput(page));
		return page.toString();
	}

	/** A resource, by its name relative to this class. */
	static String read(String name) throws IOException {
		try (InputStream resource = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), name)) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** Cuts each text after 600 characters and makes it visible. */
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

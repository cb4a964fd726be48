package io.pyserver.lab.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

import org.springframework.core.io.ClassPathResource;

/**
 * A run for people: one page that needs nothing but itself, on a phone, on paper and on a
 * screen. The templates are in {@code src/test/jte}.
 */
record HtmlPage(LabRun run, Matrix matrix, OpeningSentence sentence, String css) {

	private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
			HtmlPage.class.getClassLoader(), HtmlPage.class.getPackageName());

	static String of(LabRun run) throws IOException {
		String css = new ClassPathResource("report.css", HtmlPage.class).getContentAsString(StandardCharsets.UTF_8);
		StringOutput page = new StringOutput();
		TEMPLATES.render("page.jte", new HtmlPage(run, Matrix.of(run), OpeningSentence.of(run), css),
				new VisibleOutput(page));
		return page.toString();
	}

}

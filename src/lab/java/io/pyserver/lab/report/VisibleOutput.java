package io.pyserver.lab.report;

import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;

/**
 * What templates write to: every text is cut after 600 characters and made visible, and
 * then escaped for the place where it stands.
 */
final class VisibleOutput extends OwaspHtmlTemplateOutput {

	private static final int LENGTH = 600;

	VisibleOutput(TemplateOutput output) {
		super(output);
	}

	@Override
	public void writeUserContent(String text) {
		super.writeUserContent(VisibleText.unicode(
				(text.length() > LENGTH) ? text.substring(0, LENGTH) + " \u2026 (all of it in report.json)" : text));
	}

}

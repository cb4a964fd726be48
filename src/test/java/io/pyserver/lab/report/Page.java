package io.pyserver.lab.report;

import java.io.IOException;

/** The page of a run, as text and as a tree. */
record Page(String text, Xml tree) {

	static Page of(LabRun run) throws IOException {
		String text = HtmlPage.of(run);
		return new Page(text, Xml.parse(text));
	}

	static Page of(CellResult... cells) throws IOException {
		return of(SampleRun.of(cells));
	}

}

package io.pyserver.lab.report;

import java.io.IOException;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** The page of a run, as a browser reads it. */
final class Page {

	private Page() {
	}

	static Document of(LabRun run) throws IOException {
		return Jsoup.parse(HtmlPage.of(run));
	}

	static Document of(String cells) throws IOException {
		return of(SampleRun.of(cells));
	}

}

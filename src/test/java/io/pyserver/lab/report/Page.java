package io.pyserver.lab.report;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The page of a run, as a browser reads it. */
record Page(Document document) {

	static Page of(LabRun run) throws IOException {
		return new Page(Jsoup.parse(HtmlPage.of(run)));
	}

	static Page of(CellResult... cells) throws IOException {
		return of(SampleRun.of(cells));
	}

	/** The texts of what a CSS selector finds, in the order of the document. */
	List<String> texts(String selector) {
		return this.document.select(selector).eachText();
	}

	List<String> attributes(String name) {
		return this.document.select("[" + name + "]").eachAttr(name);
	}

	int count(String selector) {
		return this.document.select(selector).size();
	}

	/** What is known of what, in the part that a selector finds. */
	Map<String, String> facts(String selector) {
		return this.document.select(selector + " dt")
			.stream()
			.collect(Collectors.toMap(Element::text, (term) -> term.nextElementSibling().text()));
	}

}

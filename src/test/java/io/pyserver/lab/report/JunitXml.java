package io.pyserver.lab.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Verdict;

/**
 * A run as CI servers read test results: each result a test case, each verdict but
 * {@link Verdict#SURVIVES} a failure.
 */
final class JunitXml {

	private final XMLStreamWriter xml;

	private JunitXml(XMLStreamWriter xml) {
		this.xml = xml;
	}

	static void write(LabRun run, Path file) throws IOException {
		StringWriter text = new StringWriter();
		try {
			new JunitXml(XMLOutputFactory.newFactory().createXMLStreamWriter(text)).document(run);
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
		Files.writeString(file, text.toString());
	}

	private void document(LabRun run) throws XMLStreamException {
		this.xml.writeStartDocument("UTF-8", "1.0");
		start("testsuite", "name", "probe-lab", "tests", String.valueOf(run.cells().size()), "failures",
				String.valueOf(failures(run)), "errors", "0", "skipped", "0", "timestamp", run.started().toString(),
				"time", seconds(Duration.between(run.started(), run.ended())));
		start("properties");
		for (Map.Entry<String, String> property : properties(run.cluster()).entrySet()) {
			start("property", "name", property.getKey(), "value", property.getValue());
			this.xml.writeEndElement();
		}
		this.xml.writeEndElement();
		Map<Cell, List<CellResult>> cells = run.byCell();
		for (CellResult result : run.cells()) {
			boolean several = cells.getOrDefault(result.evidence().cell(), List.of()).size() > 1;
			testCase(result, several ? result.node().map("@"::concat).orElse("") : "");
		}
		this.xml.writeEndDocument();
	}

	private static long failures(LabRun run) {
		return run.cells().stream().filter((result) -> result.finding().verdict() != Verdict.SURVIVES).count();
	}

	private static Map<String, String> properties(TestedCluster cluster) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("cluster", cluster.name());
		properties.put("kubernetes", cluster.kubernetes());
		properties.put("engine", cluster.engine());
		properties.put("image", cluster.image());
		properties.put("limits", String.join("; ", cluster.limits()));
		return properties;
	}

	private void testCase(CellResult result, String where) throws XMLStreamException {
		Cell cell = result.evidence().cell();
		Duration took = Span.of(result.evidence()).map(Span::length).orElse(Duration.ZERO);
		start("testcase", "classname", cell.policy().label() + "/" + cell.order().label(), "name",
				cell.mechanism().label() + "/" + cell.kind().label() + where, "time", seconds(took));
		if (result.finding().verdict() != Verdict.SURVIVES) {
			failure(result.finding());
		}
		this.xml.writeEndElement();
	}

	private void failure(Finding finding) throws XMLStreamException {
		List<String> because = finding.because();
		start("failure", "type", finding.verdict().label(), "message",
				because.isEmpty() ? "no reason is given" : because.getFirst());
		this.xml.writeCharacters(VisibleText.unicode(String.join("\n", because)));
		this.xml.writeEndElement();
	}

	private void start(String element, String... attributes) throws XMLStreamException {
		this.xml.writeStartElement(element);
		for (int i = 0; i < attributes.length; i += 2) {
			this.xml.writeAttribute(attributes[i], VisibleText.unicode(attributes[i + 1]));
		}
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.3f", Times.inSeconds(duration));
	}

}

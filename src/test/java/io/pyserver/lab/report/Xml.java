package io.pyserver.lab.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;

import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A well-formed document, asked by XPath. */
record Xml(Document document) {

	static Xml read(Path file) throws IOException {
		return parse(Files.readString(file));
	}

	static Xml parse(String text) throws IOException {
		try {
			DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
			builder.setErrorHandler(null);
			return new Xml(builder.parse(new InputSource(new StringReader(text))));
		}
		catch (ParserConfigurationException | SAXException ex) {
			throw new IllegalStateException("This is not well-formed", ex);
		}
	}

	/** The texts of what is found, in the order of the document. */
	List<String> texts(String path) {
		NodeList found = find(path);
		return IntStream.range(0, found.getLength()).mapToObj((i) -> found.item(i).getTextContent()).toList();
	}

	int count(String path) {
		return find(path).getLength();
	}

	private NodeList find(String path) {
		try {
			return (NodeList) XPathFactory.newInstance()
				.newXPath()
				.evaluate(path, this.document, XPathConstants.NODESET);
		}
		catch (XPathExpressionException ex) {
			throw new IllegalArgumentException(path, ex);
		}
	}

}

package io.pyserver.support;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An answer as it came over the socket. A character of a text is one byte (ISO 8859-1).
 *
 * @param status the HTTP status
 * @param headers the headers by name, in any case; more values of one name are joined by
 * a comma
 * @param body everything after the headers, whatever they say of its length
 */
public record RawResponse(int status, Map<String, String> headers, String body) {

	private static final String INTERIM = "HTTP/1.1 1";

	private static final String END_OF_HEAD = "\r\n\r\n";

	/**
	 * Takes the final answer out of what a server sent; interim ones (100 Continue) are
	 * skipped.
	 * @param bytes everything that the server sent
	 * @throws IllegalArgumentException when this is no HTTP answer
	 */
	public static RawResponse parse(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		while (text.startsWith(INTERIM) && text.contains(END_OF_HEAD)) {
			text = text.substring(text.indexOf(END_OF_HEAD) + END_OF_HEAD.length());
		}
		int end = text.indexOf(END_OF_HEAD);
		if (end < 0 || !text.matches("(?s)HTTP/1\\.1 [2-5]\\d\\d .*")) {
			throw new IllegalArgumentException("No HTTP answer: '" + text + "'");
		}
		List<String> head = Arrays.asList(text.substring(0, end).split("\r\n"));
		Map<String, String> headers = head.stream()
			.skip(1)
			.map((line) -> line.split(":\\s*", 2))
			.collect(Collectors.toMap((header) -> header[0], (header) -> header[1],
					(first, second) -> first + ", " + second, () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
		return new RawResponse(Integer.parseInt(head.getFirst().substring(9, 12)), headers,
				text.substring(end + END_OF_HEAD.length()));
	}

}

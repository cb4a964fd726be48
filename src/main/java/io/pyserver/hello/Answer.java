package io.pyserver.hello;

import org.jspecify.annotations.Nullable;

/**
 * What is sent back: a status, the {@code Allow} header where there is one, and the body.
 *
 * @param status the HTTP status, 200 to 599
 * @param allow the value of the {@code Allow} header, or null for none
 * @param body the page; HEAD sends its length and not the page
 */
record Answer(int status, @Nullable String allow, String body) {

	/** The media type of every answer, spelled as Flask spells it. */
	static final String CONTENT_TYPE = "text/html; charset=utf-8";

	private static final String ALLOW = "HEAD, GET, OPTIONS";

	static final Answer OPTIONS = new Answer(200, ALLOW, "");

	static final Answer NOT_FOUND = new Answer(404, null,
			errorPage("404 Not Found", "Not Found",
					"The requested URL was not found on the server. If you entered the URL manually"
							+ " please check your spelling and try again."));

	static final Answer METHOD_NOT_ALLOWED = new Answer(405, ALLOW, errorPage("405 Method Not Allowed",
			"Method Not Allowed", "The method is not allowed for the requested URL."));

	static Answer ok(String body) {
		return new Answer(200, null, body);
	}

	/** What a probe gets that was switched to fail. */
	static Answer broken(String probe) {
		return new Answer(503, null, errorPage("503 Service Unavailable", "Service Unavailable",
				"An operator broke the " + probe + " probe. A restart puts it right."));
	}

	/**
	 * The error page in the form of Flask's, for a status that Flask's own pages above do
	 * not cover.
	 */
	static String errorPage(String title, String heading, String explanation) {
		return "<!doctype html>\n<html lang=en>\n<title>" + title + "</title>\n<h1>" + heading + "</h1>\n<p>"
				+ explanation + "</p>\n";
	}

}

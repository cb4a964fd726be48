package io.pyserver.hello;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer.
 *
 * @param status the HTTP status, 200 to 599
 * @param allow the value of the {@code Allow} header, or null for none
 * @param body the page; for HEAD only its length is sent
 */
record Answer(int status, @Nullable String allow, String body) {

	/** The media type of every answer, spelled as Flask spells it. */
	static final String CONTENT_TYPE = "text/html; charset=utf-8";

	private static final String ALLOW = "HEAD, GET, OPTIONS";

	static final Answer OPTIONS = new Answer(200, ALLOW, "");

	static final Answer NOT_FOUND = error(404, null, "Not Found",
			"The requested URL was not found on the server. If you entered the URL manually"
					+ " please check your spelling and try again.");

	static final Answer METHOD_NOT_ALLOWED = error(405, ALLOW, "Method Not Allowed",
			"The method is not allowed for the requested URL.");

	static Answer ok(String body) {
		return new Answer(200, null, body);
	}

	/** An error in the format of Flask's page. */
	static Answer error(int status, @Nullable String allow, String reason, String explanation) {
		return new Answer(status, allow, "<!doctype html>\n<html lang=en>\n<title>" + status + " " + reason
				+ "</title>\n<h1>" + reason + "</h1>\n<p>" + explanation + "</p>\n");
	}

}

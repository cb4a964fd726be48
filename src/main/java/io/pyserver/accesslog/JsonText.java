package io.pyserver.accesslog;

/**
 * Text inside a JSON string, where it is visible ASCII without a quote, as
 * {@link VisibleAscii} makes it.
 */
final class JsonText {

	private JsonText() {
	}

	/** Appends it, with every backslash doubled. */
	static void append(StringBuilder json, String visibleAscii) {
		int written = 0;
		for (int i = visibleAscii.indexOf('\\'); i >= 0; i = visibleAscii.indexOf('\\', i + 1)) {
			json.append(visibleAscii, written, i).append('\\');
			written = i;
		}
		json.append(visibleAscii, written, visibleAscii.length());
	}

}

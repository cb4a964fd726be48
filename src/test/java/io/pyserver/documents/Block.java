package io.pyserver.documents;

import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param document the page
 * @param line the number of its first line, from 1 on
 * @param info what stands behind the fence: {@code sh} for commands that are run,
 * {@code sh gke} for those that need Google Cloud, {@code sh build} for a build with
 * Maven or Docker on the reader's machine, {@code text} for what the commands before it
 * print
 */
record Block(String document, int line, String info, List<String> lines) {

	boolean isRun() {
		return this.info.equals("sh");
	}

	boolean hasCommands() {
		return this.info.equals("sh") || this.info.startsWith("sh ");
	}

	boolean isShown() {
		return this.info.equals("text");
	}

	/** One of its lines, as an error names it. */
	String at(int index) {
		return this.document + ":" + (this.line + index);
	}

	String text() {
		return String.join("\n", this.lines);
	}

}

package io.pyserver.lab.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what a run found: {@code report.html} for people, {@code report.json} with its
 * schema for programs, {@code table.txt} for a terminal.
 */
public final class Report {

	private Report() {
	}

	/**
	 * Writes all of them.
	 * @param folder made where it is not there; a report that is in it is replaced
	 * @throws UncheckedIOException where it cannot be written
	 */
	public static void write(LabRun run, Path folder) {
		try {
			Files.createDirectories(folder);
			JsonReport.write(run, folder);
			Path page = Files.writeString(folder.resolve("report.html"), HtmlPage.of(run));
			Files.writeString(folder.resolve("table.txt"), ConsoleTable.of(run, page));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

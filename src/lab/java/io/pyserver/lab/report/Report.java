package io.pyserver.lab.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what a run found: {@code report.html} for people, {@code report.json} with its
 * schema for programs, {@code table.txt} for a terminal.
 */
public final class Report {

	/** The name of the file for programs. */
	public static final String DATA = "report.json";

	/** The name of the file for people. */
	public static final String PAGE = "report.html";

	/** The name of the file for a terminal. */
	public static final String TABLE = "table.txt";

	private static final String SCHEMA = "report.schema.json";

	/** Times are ISO 8601 in UTC, durations are whole milliseconds. */
	static final JsonMapper JSON = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
		.disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.build();

	private Report() {
	}

	/**
	 * Removes the report of an earlier run.
	 * @param folder may have no report, or not exist
	 * @throws UncheckedIOException if it cannot be removed
	 */
	public static void clear(Path folder) {
		try {
			for (String file : List.of(DATA, SCHEMA, PAGE, TABLE)) {
				Files.deleteIfExists(folder.resolve(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes all files of the report.
	 * @param folder is created if it does not exist; a report in it is replaced
	 * @throws UncheckedIOException if a file cannot be written
	 */
	public static void write(LabRun run, Path folder) {
		try {
			Files.createDirectories(folder);
			Files.writeString(folder.resolve(DATA), JSON.writeValueAsString(run));
			Files.writeString(folder.resolve(SCHEMA), HtmlPage.read(SCHEMA));
			Path page = Files.writeString(folder.resolve(PAGE), HtmlPage.of(run));
			Files.writeString(folder.resolve(TABLE), ConsoleTable.of(run, page));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

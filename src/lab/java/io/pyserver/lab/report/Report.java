package io.pyserver.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.lab.evidence.Selection;

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

	/** The templates are in {@code src/lab/jte}. */
	private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
			Report.class.getClassLoader(), Report.class.getPackageName());

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
			Files.writeString(folder.resolve(SCHEMA), read(SCHEMA));
			Files.writeString(folder.resolve(PAGE), page(run));
			Files.writeString(folder.resolve(TABLE), table(run, folder));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The table for a terminal.
	 * @param folder of the report that it names
	 */
	public static String table(LabRun run, Path folder) {
		return ConsoleTable.of(run, folder.resolve(PAGE));
	}

	/** One page without other files or scripts, for a phone, a screen and paper. */
	static String page(LabRun run) throws IOException {
		List<String> limits = new ArrayList<>(run.cluster().limits());
		long cells = Selection.matrix().count();
		if (run.byCell().size() < cells) {
			limits.addFirst("%d of the %d cells of the matrix".formatted(cells - run.byCell().size(), cells));
		}
		StringOutput page = new StringOutput();
		TEMPLATES.render("page.jte",
				Map.of("run", run, "limits", limits, "css", read("/io/pyserver/board/signs.css") + read("report.css"),
						"signs", read("/io/pyserver/board/signs.html")),
				new VisibleOutput(page));
		return page.toString();
	}

	/** A resource, by its name relative to this class. */
	static String read(String name) throws IOException {
		try (InputStream resource = Objects.requireNonNull(Report.class.getResourceAsStream(name), name)) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** Cuts each text after 600 characters and makes it visible. */
	private static final class VisibleOutput extends OwaspHtmlTemplateOutput {

		private static final int LENGTH = 600;

		VisibleOutput(TemplateOutput output) {
			super(output);
		}

		@Override
		public void writeUserContent(String text) {
			super.writeUserContent(VisibleText.unicode((text.length() > LENGTH)
					? text.substring(0, LENGTH) + " \u2026 (all of it in report.json)" : text));
		}

	}

}

package io.pyserver.lab.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A run leaves a folder with all forms of its report.
 */
class ReportTest {

	@TempDir
	private Path work;

	@Test
	void everyFormIsWritten() throws IOException {
		Path folder = this.work.resolve("target").resolve("probe-lab");

		Report.write(SampleRun.mixed(), folder);

		assertThat(folder).isDirectoryContaining("glob:**/report.json")
			.isDirectoryContaining("glob:**/report.schema.json")
			.isDirectoryContaining("glob:**/report.html");
		assertThat(folder.resolve("table.txt"))
			.hasContent(ConsoleTable.of(SampleRun.mixed(), folder.resolve("report.html")));
	}

	@Test
	void anEarlierReportIsReplaced() throws IOException {
		Report.write(SampleRun.mixed(), this.work);
		Report.write(SampleRun.of(), this.work);

		assertThat(this.work.resolve("report.html")).content().doesNotContain("<details");
	}

	@Test
	void whatCannotBeWrittenIsSaid() throws IOException {
		Path file = Files.createFile(this.work.resolve("file"));

		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> Report.write(SampleRun.of(), file));
	}

}

package io.pyserver.lab.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Which files of an earlier run are removed. */
class DiagnosticsTest {

	@Test
	void onlyFoldersOfAnEarlierRunAreRemoved(@TempDir Path report) throws IOException {
		Path ofARun = Files.createDirectories(report.resolve("details/pyserver-lab-b4e536-matrix/deeper"));
		Path ofAPerson = Files.createDirectories(report.resolve("details/holidays"));

		Diagnostics.clear(report);

		assertThat(ofARun.getParent()).doesNotExist();
		assertThat(ofAPerson).exists();
	}

	@Test
	void aFolderWithoutThemIsLeftAlone(@TempDir Path report) {
		Diagnostics.clear(report);

		assertThat(report).isEmptyDirectory();
	}

}

package io.pyserver.lab.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Shell.Output;

import static org.assertj.core.api.Assertions.assertThat;

/** Which files are removed before a run, and which are written at its end. */
class DiagnosticsTest {

	@TempDir
	private Path report;

	@Test
	void onlyFoldersOfAnEarlierRunAreRemoved() throws IOException {
		Path ofARun = Files.createDirectories(this.report.resolve("details/pyserver-lab-b4e536-matrix/deeper"));
		Path ofAPerson = Files.createDirectories(this.report.resolve("details/holidays"));
		Diagnostics.clear(this.report);
		assertThat(ofARun.getParent()).doesNotExist();
		assertThat(ofAPerson).exists();
	}

	@Test
	void aReportWithoutDiagnosticsIsNotChanged() {
		Diagnostics.clear(this.report);
		assertThat(this.report).isEmptyDirectory();
	}

	@Test
	void aFileThatCannotBeReadContainsTheReason() {
		try (FakeLab lab = FakeLab.start()) {
			lab.pod("a");
			String log = "/api/v1/namespaces/%s/pods/a/log?container=pyserver&timestamps=true&previous=false";
			lab.cluster()
				.server()
				.expect()
				.get()
				.withPath(log.formatted(lab.group().namespace()))
				.andReturn(403, "")
				.always();
			String folder = Diagnostics.tryToWrite(this.report, lab.group());
			assertThat(folder).isEqualTo("details/" + lab.group().namespace());
			assertThat(this.report.resolve(folder).resolve("pods.yaml")).content().contains("10.42.0.9");
			assertThat(this.report.resolve(folder).resolve("a.states")).content().contains("running, ready");
			assertThat(this.report.resolve(folder).resolve("a.log")).content()
				.contains("The log of pod a cannot be read");
		}
	}

	@Test
	void theFilesOfANamespaceAreThoseOfItsNodes() {
		try (FakeLab lab = FakeLab.start()) {
			lab.pod("a");
			Shell shell = (_) -> new Output(0, "default via 10.42.0.1", "");
			FakeCluster nodes = lab.cluster().with(List.of(new Node("one", shell), new Node("other", shell)));
			String folder = Diagnostics.tryToWrite(this.report, new PodGroup(nodes, lab.group().namespace()));
			assertThat(this.report.resolve(folder)).isDirectoryContaining("glob:**/node-one.txt")
				.isDirectoryNotContaining("glob:**/node-other.txt");
		}
	}

}

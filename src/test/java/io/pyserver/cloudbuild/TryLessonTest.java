package io.pyserver.cloudbuild;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code k8s/try-lesson} says of a cluster on which something is wrong, played by a
 * {@code kubectl} of the test's. {@link CloudBuildIT} runs it on a real one.
 */
@DisabledOnOs(OS.WINDOWS)
class TryLessonTest {

	@TempDir
	Path path;

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					nothing      | 0 | The lesson holds: no pod reached another, the probes of one two kept arriving from their nodes, and nothing restarted.
					one-pod      | 1 | The lesson failed: two pods with the image pyserver:1.0 are needed, and there are 1.
					unreachable  | 1 | The lesson failed: one does not reach two before any policy, so that it does not later would prove nothing.
					no-exec      | 1 | The lesson failed: one does not reach two before any policy, so that it does not later would prove nothing.
					not-enforced | 1 | The lesson failed: one still reaches two 15 s after the policies; nothing enforces them on this cluster.
					restart      | 1 | The lesson failed: a container restarted under the policies.
					silent       | 1 | The lesson failed: no liveness probe of its node arrived at one within 10 s, under the policies.
					unready      | 1 | The lesson failed: no readiness probe of its node arrived at one within 10 s, under the policies.
					""")
	void theTryPrintsItsResultAndRemovesItsPolicies(String wrong, int exitCode, String sentence) throws Exception {
		command("kubectl", "src/test/resources/cloudbuild/played/kubectl");
		command("sleep", "src/test/resources/cloudbuild/played/sleep");
		ProcessBuilder builder = new ProcessBuilder("bash", "k8s/try-lesson", "pyserver:1.0").redirectErrorStream(true);
		builder.environment().put("PATH", this.path + File.pathSeparator + System.getenv("PATH"));
		builder.environment().put("WRONG", wrong);
		Process process = builder.start();
		assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo(sentence + "\n");
		assertThat(process.waitFor()).isEqualTo(exitCode);
		assertThat(this.path.resolve("policies")).doesNotExist();
	}

	/**
	 * A link. A script that was written a moment ago may be open for writing in a process
	 * that another test is starting, and then it cannot run.
	 */
	private void command(String name, String program) throws IOException {
		Files.createSymbolicLink(this.path.resolve(name), Path.of(program).toAbsolutePath());
	}

}

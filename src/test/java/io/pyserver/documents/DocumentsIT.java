package io.pyserver.documents;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.pyserver.ThoroughTest;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.k3s.K3sSettings;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A reader pastes every command of README.md and of the lesson, in their order, and sees
 * what they show. The cluster is the one that {@code lab.keep} leaves to a reader.
 */
@ThoroughTest
@ClusterTest(throwAway = true)
@Order(2)
@ResourceLock("namespace pyserver")
class DocumentsIT {

	@Test
	void theCommandsOfThePagesPrintTheShownOutput(K3sCluster cluster) {
		assumeThat(cluster.nodes()).as("the lesson calls a pod from another node than its own").hasSizeGreaterThan(1);
		requireKubectl();
		Repository repository = Repository.asItIs();
		try (Bash bash = new Bash(System.getenv("PATH"))) {
			new Reader((block) -> inTurn(cluster, bash, block), 8, Duration.ofSeconds(2))
				.follow(List.of(repository.document("README.md"), repository.document("docs/lesson.md")))
				.ifPresent((difference) -> fail(reason(difference)));
		}
	}

	/** The call that the pages show as blocked comes from another pod. */
	private static String reason(String difference) {
		return difference.contains("\"blocked\" is shown, and \"Built Locally and Pushed\" was printed")
				? "the policies are not enforced: %s was reached and had to be blocked; %s"
					.formatted(Control.POD_TO_POD.label(), difference)
				: difference;
	}

	private static void requireKubectl() {
		if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.noneMatch((folder) -> Files.isExecutable(Path.of(folder, "kubectl")))) {
			String reason = "there is no kubectl on the PATH; whoever follows the lesson needs one";
			if (K3sSettings.current().required()) {
				throw new LabException("lab.required is set, but " + reason);
			}
			Assumptions.abort(reason);
		}
	}

	/** A rollout starts pods, which others have to wait for. */
	private static Terminal.Printed inTurn(K3sCluster cluster, Bash bash, Block block) {
		if (!block.text().contains("kubectl rollout status")) {
			return bash.run(block);
		}
		try (ConcurrencyLimit.Permit _ = cluster.run().starts().acquire()) {
			return bash.run(block);
		}
	}

}

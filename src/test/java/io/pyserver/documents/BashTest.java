package io.pyserver.documents;

import java.util.List;

import io.pyserver.documents.Terminal.Failure;
import io.pyserver.documents.Terminal.Printed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BashTest {

	private final Bash bash = new Bash(System.getenv("PATH"));

	@AfterEach
	void end() {
		this.bash.close();
	}

	@Test
	void variablesOfABlockAreSetInTheNextOne() {
		run("NAME=reader", "greet() { echo \"$1, $NAME\"; }");
		assertThat(run("greet hello")).isEqualTo(new Printed("hello, reader\n\n", null));
	}

	@Test
	void theFailedCommandIsNamed() {
		assertThat(run("echo one", "cat nothing 2>/dev/null", "printf two").failure())
			.isEqualTo(new Failure(1, 1, "one"));
		assertThat(run("false || echo expected").failure()).isNull();
	}

	@Test
	void theEndOfTheShellIsReported() {
		assertThat(run("exit 0").failure()).isEqualTo(new Failure(0, 1, "the shell ended"));
	}

	@Test
	void theShellHasNoCluster() {
		assertThat(run("cat \"$KUBECONFIG\" \"$HOME/.kube/config\" 2>/dev/null").failure()).isNotNull();
	}

	private Printed run(String... lines) {
		return this.bash.run(new Block("page.md", 1, "sh", List.of(lines)));
	}

}

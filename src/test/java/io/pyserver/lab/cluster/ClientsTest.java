package io.pyserver.lab.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which cluster is asked, as whom, and what is said where that cannot be told. */
@DisabledOnOs(OS.WINDOWS)
class ClientsTest {

	private static final String CREDENTIAL = """
			{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "secret"}}""";

	@TempDir
	private Path directory;

	@Test
	void aContextIsTheOneThatWasNamedAndNotTheCurrentOne() throws IOException {
		Config config = Clients.config("mine", List.of(kubeconfig("echo '" + CREDENTIAL + "'")));

		assertThat(config.getMasterUrl()).isEqualTo("https://mine.test/");
		assertThat(config.getAutoOAuthToken()).isEqualTo("secret");
	}

	@Test
	void anUnknownContextIsNamedWithThoseThatThereAreAndNoPluginIsRun() throws IOException {
		File kubeconfig = kubeconfig("touch " + this.directory.resolve("ran"));

		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> Clients.config("nowhere", List.of(new File("missing"), kubeconfig)))
			.withMessage("lab.context=nowhere: there is no such context in [missing, %s]; take one of: current, mine",
					kubeconfig);
		assertThat(this.directory.resolve("ran")).doesNotExist();
	}

	@Test
	void aPluginThatWarnsIsNamedWithWhatToDo() throws IOException {
		File kubeconfig = kubeconfig("echo 'a newer version is there' >&2; echo '" + CREDENTIAL + "'");

		assertThatExceptionOfType(LabException.class).isThrownBy(() -> Clients.config("mine", List.of(kubeconfig)))
			.withMessageContaining(this.directory + "/plugin gives no credentials; run it by hand")
			.withMessageNotContaining("\n");
	}

	@Test
	void aPluginThatIsNotThereIsNamedAsWell() throws IOException {
		File kubeconfig = kubeconfig("true");
		Files.delete(this.directory.resolve("plugin"));

		assertThatExceptionOfType(LabException.class).isThrownBy(() -> Clients.config("mine", List.of(kubeconfig)))
			.withMessageStartingWith("lab.context=mine: ");
	}

	@Test
	void whereThereAreNoContextsAtAllTheFileIsNamed() throws IOException {
		File empty = Files
			.writeString(this.directory.resolve("empty"), "apiVersion: v1\nkind: Config\ncontexts: null\n")
			.toFile();

		assertThatExceptionOfType(LabException.class).isThrownBy(() -> Clients.config("mine", List.of(empty)))
			.withMessage("lab.context=mine: there is no such context in [%s]; take one of: ", empty);
	}

	/** Two contexts, whose user comes from a plugin that runs a script. */
	private File kubeconfig(String script) throws IOException {
		Path plugin = Files.writeString(this.directory.resolve("plugin"), "#!/bin/sh\n" + script + "\n");
		plugin.toFile().setExecutable(true);
		return Files.writeString(this.directory.resolve("config"), """
				apiVersion: v1
				kind: Config
				current-context: current
				contexts:
				  - {name: current, context: {cluster: current, user: somebody}}
				  - {name: mine, context: {cluster: mine, user: somebody}}
				clusters:
				  - {name: current, cluster: {server: "https://current.test"}}
				  - {name: mine, cluster: {server: "https://mine.test"}}
				users:
				  - name: somebody
				    user:
				      exec:
				        apiVersion: client.authentication.k8s.io/v1
				        command: %s
				        interactiveMode: Never
				""".formatted(plugin)).toFile();
	}

}

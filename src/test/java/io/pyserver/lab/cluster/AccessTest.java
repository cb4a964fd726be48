package io.pyserver.lab.cluster;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.client.Config;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Which cluster the client uses and as which user, and the errors of a kubeconfig. */
@DisabledOnOs(OS.WINDOWS)
class AccessTest {

	private static final String CREDENTIAL = """
			{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "secret"}}""";

	@TempDir
	private Path directory;

	@Test
	void theContextIsTheNamedOneAndNotTheCurrentOne() throws IOException {
		Access access = Access.of("mine", List.of(kubeconfig("echo '" + CREDENTIAL + "'")));

		assertThat(access).returns("mine", Access::name).returns("kubectl --context mine", Access::kubectl);
		assertThat(access.config()).returns("https://mine.test/", Config::getMasterUrl)
			.returns("secret", Config::getAutoOAuthToken);
	}

	@Test
	void theErrorOfAnUnknownContextNamesTheOthersAndNoPluginRuns() throws IOException {
		File kubeconfig = kubeconfig("touch " + this.directory.resolve("ran"));

		assertError("nowhere", new File("missing"), kubeconfig).withMessage(
				"lab.context=nowhere: there is no such context in [missing, %s]; take one of: current, mine",
				kubeconfig);
		assertThat(this.directory.resolve("ran")).doesNotExist();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			true  | has not answered for 1 s
			false | has not answered for 1 s -- .*java.net.ConnectException, because of .*
			""")
	void theErrorOfAnApiServerThatDoesNotAnswerHasItsReason(boolean listens, String message) throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Config config = Config.empty();
			config.setMasterUrl("http://127.0.0.1:" + (listens ? silent.getLocalPort() : 1));

			Access access = new Access(config, "mine", "kubectl", null);
			// On a busy machine, the first second may end before the first question does.
			await().untilAsserted(() -> assertThatExceptionOfType(LabException.class)
				.isThrownBy(() -> access.requireAnswer(Duration.ofSeconds(1)))
				.withMessageMatching("the API server at http://127.0.0.1:\\d+/? " + message));
		}
	}

	/** Amid a run it is a reason, and the questions go on. */
	@Test
	void aMissingFileIsAnErrorAtOnce() {
		Config config = Config.empty();
		config.setMasterUrl("https://127.0.0.1:1");
		config.setCaCertFile(this.directory.resolve("ca.crt").toString());
		Access access = new Access(config, "mine", "kubectl", null);

		assertThat(access.unanswered()).hasValueSatisfying((reason) -> assertThat(reason).contains("ca.crt"));
		assertThatException().isThrownBy(() -> access.requireAnswer(Duration.ofMinutes(1)))
			.isNotInstanceOf(LabException.class)
			.withStackTraceContaining("ca.crt");
	}

	@Test
	void theErrorOfAPluginThatPrintsAWarningNamesThePlugin() throws IOException {
		assertError("mine", kubeconfig("echo 'a newer version is there' >&2; echo '" + CREDENTIAL + "'"))
			.withMessageContaining(this.directory + "/plugin gives no credentials; run it by hand")
			.withMessageNotContaining("\n");
	}

	@Test
	void aPluginThatDoesNotExistIsAnError() throws IOException {
		File kubeconfig = kubeconfig("true");
		Files.delete(this.directory.resolve("plugin"));

		assertError("mine", kubeconfig).withMessageStartingWith("lab.context=mine: ");
	}

	@Test
	void theErrorOfAKubeconfigWithoutContextsNamesTheFile() throws IOException {
		Path empty = Files.writeString(this.directory.resolve("empty"),
				"apiVersion: v1\nkind: Config\ncontexts: null\n");

		assertError("mine", empty.toFile())
			.withMessage("lab.context=mine: there is no such context in [%s]; take one of: ", empty);
	}

	@ParameterizedTest
	@CsvSource({ "10.43.0.1, 10.43.0.1", "fd43::1, [fd43::1]", "kubernetes.default, kubernetes.default" })
	void onlyAnIpv6AddressHasBracketsInAUrl(String host, String inUrl) {
		assertThat(Fetch.host(host)).isEqualTo(inUrl);
	}

	private static ThrowableAssertAlternative<LabException> assertError(String context, File... kubeconfigs) {
		return assertThatExceptionOfType(LabException.class).isThrownBy(() -> Access.of(context, List.of(kubeconfigs)));
	}

	/** Two contexts; the credentials of their user come from a script. */
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

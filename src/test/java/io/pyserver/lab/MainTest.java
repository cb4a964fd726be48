package io.pyserver.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.lab.cluster.Setting;

import static org.assertj.core.api.Assertions.assertThat;

/** What the program says, where, and with what it ends. */
@EnableKubernetesMockClient(https = false)
class MainTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

	private static KubernetesMockServer server;

	@TempDir
	private Path folder;

	private Path kubeconfig;

	/** Its current context is not the one that is named. */
	@BeforeEach
	void writeKubeconfig() throws IOException {
		server.reset();
		this.kubeconfig = Files.writeString(this.folder.resolve("config"), """
				apiVersion: v1
				kind: Config
				current-context: current
				contexts:
				  - {name: current, context: {cluster: current, user: somebody}}
				  - {name: mine, context: {cluster: mine, user: somebody}}
				clusters:
				  - {name: current, cluster: {server: "http://127.0.0.1:1"}}
				  - {name: mine, cluster: {server: "%s"}}
				users:
				  - {name: somebody, user: {token: secret}}
				""".formatted(server.url("/")));
	}

	@Test
	void helpIsWhatWasAskedForAndNoError() {
		assertThat(run("--help")).isZero();

		assertThat(text(this.out)).contains("Usage: ").contains(Setting.help());
		assertThat(this.errors.size()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					--contxt mine                     | there is no option --contxt; take one of --help, --context, --kubeconfig,
					mine                              | 'mine' is no option; options begin with --
					--context                         | --context has no value; --help shows what it takes
					--context a --context b           | --context is there twice; once is enough
					--context nowhere --image a:1     | lab.context=nowhere: there is no such context in [
					--context mine                    | no image is named: --image IMAGE names the service's, as the nodes pull it
					--image a:1                       | no cluster is named: --context NAME names one of a kubeconfig; the current one is never taken
					--context mine --watch 0          | lab.watch=0 is no whole number from 5 to 3600
					--context mine --only deny        | lab.only: 'deny' is none of all, none, deny-ingress,
					""")
	void wrongUseIsOneLineThatNamesTheValueAndTheFix(String arguments, String line) {
		assertThat(run(arguments.split(" "))).isEqualTo(64);

		assertThat(text(this.errors)).startsWith("lab: " + line).containsOnlyOnce("\n");
		assertThat(this.out.size()).isZero();
	}

	@Test
	void rightsThatAreMissingAreOneLine() {
		server.expect().get().withPath("/version").andReturn(200, "{}").always();
		server.expect()
			.post()
			.withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
			.andReturn(201, new SelfSubjectAccessReviewBuilder().withNewStatus().withAllowed(false).endStatus().build())
			.always();

		assertThat(run("--context", "mine", "--image", "a:1")).isEqualTo(2);

		assertThat(text(this.errors)).startsWith("lab: mine: its user may not create namespaces, get namespaces,")
			.endsWith("; docs/lab.md lists what the lab needs\n")
			.containsOnlyOnce("\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "contexts: 1", "\u0000" })
	void aKubeconfigThatIsNoneIsOneLine(String content) throws IOException {
		Files.writeString(this.kubeconfig, content);

		assertThat(run("--context", "mine", "--image", "a:1")).isEqualTo(64);

		assertThat(text(this.errors)).startsWith("lab: ").containsOnlyOnce("\n");
	}

	@Test
	void whatAnApiServerSaysSteersNoTerminal() {
		server.expect().get().withPath("/version").andReturn(200, "{}").always();
		server.expect()
			.post()
			.withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
			.andReturn(422, new StatusBuilder().withCode(422).withMessage("no\u001b[2J\r\nSURVIVES").build())
			.always();

		assertThat(run("--context", "mine", "--image", "a:1")).isEqualTo(2);

		assertThat(text(this.errors)).startsWith("lab: mine has no answer for its user")
			.contains("no\\u001b[2J")
			.matches("[ -~]*\n");
	}

	private int run(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		if (all.contains("--context")) {
			all.addAll(List.of("--kubeconfig", this.kubeconfig.toString()));
		}
		return new Main(new PrintStream(this.out, true), new PrintStream(this.errors, true),
				Map.<String, String>of()::get)
			.run(List.of(arguments).getLast().equals("--context") ? List.of(arguments) : all);
	}

	private static String text(ByteArrayOutputStream printed) {
		return printed.toString(StandardCharsets.UTF_8);
	}

}

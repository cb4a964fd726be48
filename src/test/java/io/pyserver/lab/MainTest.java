package io.pyserver.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.lab.cluster.Access;
import io.pyserver.lab.cluster.Setting;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Observation.Harm;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.report.LabRun.CellResult;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.LabRun.TestedCluster;

import static org.assertj.core.api.Assertions.assertThat;

/** What the program prints, and its exit codes. */
@EnableKubernetesMockClient(https = false)
class MainTest {

	private static final Duration PERIOD = Duration.ofMillis(50);

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

	private static KubernetesMockServer server;

	@TempDir
	private Path folder;

	private Path kubeconfig;

	/** The current context is not the one that the tests name. */
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
	void theOptionHelpIsNoError() {
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
					--context mine --watch=0          | lab.watch=0 is no whole number from 5 to 3600
					--context mine --only deny        | lab.only: 'deny' is none of all, none, deny-ingress,
					""")
	void theErrorOfAWrongOptionIsOneLineWithTheValueAndTheFix(String arguments, String line) {
		assertThat(run(arguments.split(" "))).isEqualTo(64);

		assertThat(text(this.errors)).startsWith("lab: " + line).containsOnlyOnce("\n");
		assertThat(this.out.size()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "contexts: 1", "\u0000" })
	void theErrorOfAnInvalidKubeconfigIsOneLine(String content) throws IOException {
		Files.writeString(this.kubeconfig, content);

		assertThat(run("--context", "mine", "--image", "a:1")).isEqualTo(64);

		assertThat(text(this.errors)).startsWith("lab: ").containsOnlyOnce("\n");
	}

	@Test
	void theErrorOfAMissingFileOfTheKubeconfigIsNoWordOfTheApiServer() throws IOException {
		Files.writeString(this.kubeconfig,
				Files.readString(this.kubeconfig)
					.replace("server: \"%s\"".formatted(server.url("/")),
							"certificate-authority: /nowhere/ca.crt, server: \"https://localhost:1\""));

		assertThat(run("--context", "mine", "--image", "a:1")).isEqualTo(2);

		assertThat(text(this.errors)).startsWith("lab: mine: no answer from the API server: ")
			.contains("/nowhere/ca.crt")
			.containsOnlyOnce("\n");
	}

	@Test
	void theErrorOfMissingPermissionsIsOneLine() {
		permissionsGive(201,
				new SelfSubjectAccessReviewBuilder().withNewStatus().withAllowed(false).endStatus().build());

		assertThat(run("--context", "mine", "--image", "a:1")).isEqualTo(2);

		assertThat(text(this.errors)).startsWith("lab: mine: its user may not create namespaces, get namespaces,")
			.endsWith("; docs/lab.md lists what the lab needs\n")
			.containsOnlyOnce("\n");
	}

	@Test
	void controlCharactersOfAnApiServerAreEscaped() {
		permissionsGive(422, new StatusBuilder().withCode(422).withMessage("no\u001b[2J\r\nSURVIVES").build());

		assertThat(run("--context", "mine", "--image", "a:1")).isEqualTo(2);

		assertThat(text(this.errors)).startsWith("lab: mine has no answer for its user")
			.contains("no\\u001b[2J")
			.matches("[ -~]*\n");
	}

	private static void permissionsGive(int status, Object answer) {
		server.expect().get().withPath("/version").andReturn(200, "{}").always();
		server.expect()
			.post()
			.withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
			.andReturn(status, answer)
			.always();
	}

	/** A token that cannot be read is no answer either. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theRunEndsIfTheApiServerIsGone(boolean readable) {
		Config config = Config.empty();
		config.setMasterUrl("http://127.0.0.1:1");
		config.setOauthTokenProvider(() -> {
			if (!readable) {
				throw new UncheckedIOException(new IOException("no token"));
			}
			return "secret";
		});
		CompletableFuture<String> gone = new CompletableFuture<>();

		try (ApiServerWatch _ = ApiServerWatch.start(new Access(config, "mine", "kubectl", null), PERIOD, Duration.ZERO,
				gone::complete)) {
			assertThat(gone).succeedsWithin(Duration.ofSeconds(20))
				.asString()
				.matches("the API server at http://127.0.0.1:1/? has not answered for 0 s");
		}
	}

	/** As under kube-router, whose policies leave open connections alone. */
	@Test
	void theRunEndsIfTheApiServerTakesNoNewConnections() throws IOException {
		CompletableFuture<String> gone = new CompletableFuture<>();
		try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread.startVirtualThread(() -> answerFirstConnectionAlone(listening));
			Config config = Config.empty();
			config.setMasterUrl("http://127.0.0.1:" + listening.getLocalPort());

			Access access = new Access(config, "mine", "kubectl", null);
			try (ApiServerWatch _ = ApiServerWatch.start(access, PERIOD, Duration.ofMillis(1), gone::complete)) {
				assertThat(gone).succeedsWithin(Duration.ofSeconds(20))
					.asString()
					.endsWith("/ has not answered for 0 s");
				assertThat(access.silence())
					.hasValueSatisfying((message) -> assertThat(message).contains("/ does not answer -- "));
			}
		}
	}

	private static void answerFirstConnectionAlone(ServerSocket listening) {
		try (Socket only = listening.accept()) {
			listening.close();
			Scanner requests = new Scanner(only.getInputStream()).useDelimiter("\r\n\r\n");
			while (requests.hasNext()) {
				requests.next();
				only.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SURVIVES SURVIVES              | 0 | Probes survive default-deny on mine (
			SURVIVES INCONCLUSIVE          | 2 | startup/policy-first: INCONCLUSIVE: reason 1
			INCONCLUSIVE NOT_ENFORCED      | 1 | startup/policy-first: NOT_ENFORCED: reason 1
			SURVIVES NOT_ENFORCED BROKEN   | 1 | startup/policy-first: BROKEN: reason 2
			""")
	void theWorstCellDecidesAndTheLastLineNamesIt(String verdicts, int exitCode, String lastLine) {
		List<Cell> cells = Selection.of("deny-both/startup/policy-first").cells();
		List<Verdict> given = Stream.of(verdicts.split(" ")).map(Verdict::valueOf).toList();
		LabRun run = new LabRun(Instant.EPOCH, Instant.EPOCH,
				new TestedCluster("mine", "v1.34", "Cilium", List.of(), "a:1", List.of()), Map.of(),
				IntStream.range(0, given.size())
					.mapToObj((i) -> result(cells.get(i), given.get(i), "reason " + i))
					.toList());

		assertThat(Main.exitCode(run)).isEqualTo(exitCode);
		assertThat(Main.summary(run)).contains(lastLine);
	}

	private static CellResult result(Cell cell, Verdict verdict, String reason) {
		return new CellResult(new Observation(cell, null, List.of(), null, Harm.NONE, null, List.of(), null),
				new Finding(verdict, List.of(reason)), null);
	}

	private int run(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		if (all.contains("--context") && !all.getLast().equals("--context")) {
			all.addAll(List.of("--kubeconfig", this.kubeconfig.toString()));
		}
		return new Main(new PrintStream(this.out, true), new PrintStream(this.errors, true), (_) -> null).run(all);
	}

	private static String text(ByteArrayOutputStream printed) {
		return printed.toString(StandardCharsets.UTF_8);
	}

}

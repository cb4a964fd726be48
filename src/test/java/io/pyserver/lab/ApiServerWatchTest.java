package io.pyserver.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pyserver.lab.cluster.Access;
import io.pyserver.lab.cluster.LabSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** A run ends when its API server is gone. */
class ApiServerWatchTest {

	@Test
	void anApiServerThatIsGoneIsNamed(@TempDir Path folder) throws IOException {
		Path kubeconfig = Files.writeString(folder.resolve("config"), """
				apiVersion: v1
				kind: Config
				contexts: [{name: mine, context: {cluster: mine, user: me}}]
				clusters: [{name: mine, cluster: {server: "http://127.0.0.1:1"}}]
				users: [{name: me, user: {token: secret}}]
				""");
		Map<String, String> settings = Map.of("lab.context", "mine", "lab.kubeconfig", kubeconfig.toString());
		Access access = Access.of(LabSettings.of(settings::get), (_) -> null);
		CompletableFuture<String> gone = new CompletableFuture<>();

		try (ApiServerWatch _ = ApiServerWatch.start(access, Duration.ZERO, gone::complete)) {
			assertThat(gone.orTimeout(20, TimeUnit.SECONDS).join())
				.isEqualTo("the API server at http://127.0.0.1:1/ has not answered for 0 s");
		}
	}

	/** Neither can one be asked whose token cannot be read. */
	@Test
	void anErrorIsNoAnswer() {
		Config config = Config.empty();
		config.setMasterUrl("http://127.0.0.1:1");
		config.setOauthTokenProvider(() -> {
			throw new UncheckedIOException(new IOException("no token"));
		});
		CompletableFuture<String> gone = new CompletableFuture<>();

		try (ApiServerWatch _ = ApiServerWatch.start(new Access(config, "mine", "kubectl", null), Duration.ZERO,
				gone::complete)) {
			assertThat(gone).succeedsWithin(Duration.ofSeconds(10));
		}
	}

}

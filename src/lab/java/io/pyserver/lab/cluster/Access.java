package io.pyserver.lab.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * How to access an existing cluster: by a named context, or by the service account of the
 * pod that the program runs in.
 *
 * @param name the name of the cluster in a report
 * @param kubectl the user's command line of {@code kubectl} for this cluster
 * @param pod the pod that the program runs in, or null if it runs in none
 */
public record Access(Config config, String name, String kubectl, @Nullable OwnPod pod) {

	/**
	 * The access that the settings ask for.
	 * @param variables the environment, by the name of a variable
	 * @throws LabException if they name no cluster, or there is no such context
	 */
	public static Access of(LabSettings settings, Function<String, @Nullable String> variables) {
		if (settings.context() != null) {
			List<File> files = (settings.kubeconfig() != null) ? List.of(settings.kubeconfig().toFile())
					: Config.getKubeconfigFilenames().stream().map(File::new).toList();
			return of(settings.context(), files);
		}
		String host = variables.apply("KUBERNETES_SERVICE_HOST");
		if (host == null || !Files.exists(OwnPod.ACCOUNT)) {
			throw new LabException(
					"no cluster is named: --context NAME names one of a kubeconfig; the current one is never taken");
		}
		Config config = Config.empty();
		config.setMasterUrl("https://%s:%s".formatted(UrlHost.of(host), variables.apply("KUBERNETES_SERVICE_PORT")));
		config.setCaCertFile(OwnPod.ACCOUNT.resolve("ca.crt").toString());
		config.setOauthTokenProvider(() -> OwnPod.read("token"));
		return new Access(config, "this cluster", "kubectl",
				new OwnPod(OwnPod.read("namespace"), Optional.ofNullable(variables.apply("NODE_NAME")).orElse("?")));
	}

	/**
	 * By a context. If several kubeconfigs have it, the first one counts.
	 * @throws LabException if there is no such context, or no credentials for its user
	 */
	static Access of(String context, List<File> kubeconfigs) {
		return new Access(Clients.config(context, kubeconfigs), context, "kubectl --context " + context, null);
	}

	/**
	 * Waits until the API server answers, with whatever status.
	 * @throws LabException if it does not answer within the limit
	 */
	void requireAnswer() {
		try (KubernetesClient client = Clients.impatient(this.config)) {
			String[] reason = { "" };
			if (!Condition.holdsWithin(Limits.ALL.answer(), () -> {
				reason[0] = unanswered(client).orElse("");
				return reason[0].isEmpty();
			})) {
				throw new LabException(gone(Limits.ALL.answer()) + " -- " + reason[0]);
			}
		}
	}

	/**
	 * Why the API server does not answer now, or cannot be asked; empty if it answers.
	 */
	public static Optional<String> unanswered(KubernetesClient client) {
		try {
			client.raw("/version");
			return Optional.empty();
		}
		catch (KubernetesClientException ex) {
			return (ex.getCode() > 0) ? Optional.empty() : Optional.of(Clients.said(ex));
		}
		catch (RuntimeException ex) {
			return Optional.of(ex.toString());
		}
	}

	/** The message about an API server that has not answered for some time. */
	public String gone(Duration limit) {
		return "the API server at %s has not answered for %d s".formatted(this.config.getMasterUrl(), limit.toSeconds())
				+ ((this.pod == null) ? ""
						: "; a policy may cut this pod off from it: %s get networkpolicies -n %s, and the engine's own for the whole cluster"
							.formatted(this.kubectl, this.pod.namespace()));
	}

	/**
	 * The pod that the program runs in.
	 *
	 * @param node the name of its node, or {@code ?} if it is not known
	 */
	public record OwnPod(String namespace, String node) {

		private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

		private static String read(String file) {
			try {
				return Files.readString(ACCOUNT.resolve(file)).strip();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}

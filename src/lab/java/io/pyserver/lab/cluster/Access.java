package io.pyserver.lab.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import org.jspecify.annotations.Nullable;

/**
 * The access to an existing cluster: by a named context, or by the service account of the
 * pod that the program runs in. The lab never uses the current context or a variable that
 * names a server.
 *
 * @param name the name of the cluster in a report
 * @param kubectl the user's command line of {@code kubectl} for this cluster
 * @param pod the pod that the program runs in, or null if it runs in none
 */
public record Access(Config config, String name, String kubectl, @Nullable OwnPod pod) {

	/**
	 * The pauses between retries double, starting with 0.1 s. Logs and commands get the
	 * status 502 until k3s has built its tunnel to a node.
	 */
	private static final int RETRIES = 6;

	private static final Duration IMPATIENT = Duration.ofSeconds(5);

	/**
	 * The access that the settings ask for.
	 * @param variables returns an environment variable by its name
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
		config.setMasterUrl("https://%s:%s".formatted(Fetch.host(host), variables.apply("KUBERNETES_SERVICE_PORT")));
		config.setCaCertFile(OwnPod.ACCOUNT.resolve("ca.crt").toString());
		config.setOauthTokenProvider(() -> OwnPod.read("token"));
		return new Access(config, "this cluster", "kubectl",
				new OwnPod(OwnPod.read("namespace"), Optional.ofNullable(variables.apply("NODE_NAME")).orElse("?")));
	}

	/**
	 * Returns the access by a context. If several kubeconfigs have it, the first one
	 * counts.
	 * @throws LabException if there is no such context, or no credentials for its user
	 */
	static Access of(String context, List<File> kubeconfigs) {
		var known = kubeconfigs.stream()
			.filter(File::isFile)
			.map(KubeConfigUtils::parseConfig)
			.toArray(io.fabric8.kubernetes.api.model.Config[]::new);
		List<String> contexts = Arrays.stream(known)
			.flatMap((each) -> Stream.ofNullable(each.getContexts()).flatMap(List::stream))
			.map(NamedContext::getName)
			.distinct()
			.toList();
		if (!contexts.contains(context)) {
			throw new LabException("lab.context=%s: there is no such context in %s; take one of: %s".formatted(context,
					kubeconfigs, String.join(", ", contexts)));
		}
		Config config = Config.empty();
		KubeConfigUtils.merge(config, context, known);
		plugin(config, known).filter((_) -> !hasCredentials(config)).ifPresent((plugin) -> {
			throw new LabException(
					"lab.context=%s: %s gives no credentials; run it by hand: it has to be there, and to print them alone, with no warning"
						.formatted(context, plugin.getCommand()));
		});
		addProxy(config);
		return new Access(config, context, "kubectl --context " + context, null);
	}

	private static Optional<ExecConfig> plugin(Config config, io.fabric8.kubernetes.api.model.Config... known) {
		String user = config.getCurrentContext().getContext().getUser();
		return Arrays.stream(known)
			.flatMap((each) -> Stream.ofNullable(each.getUsers()).flatMap(List::stream))
			.filter((each) -> each.getName().equals(user))
			.findFirst()
			.map(NamedAuthInfo::getUser)
			.map(AuthInfo::getExec);
	}

	private static boolean hasCredentials(Config config) {
		return Stream.of(config.getAutoOAuthToken(), config.getClientCertData(), config.getClientCertFile())
			.anyMatch((credential) -> credential != null && !credential.isEmpty());
	}

	/** Uses the proxy of the environment, as kubectl does, and nothing else of it. */
	private static void addProxy(Config config) {
		Config variables = Config.empty();
		Config.configFromSysPropsOrEnvVars(variables);
		if (config.getHttpsProxy() == null) {
			config.setHttpsProxy(variables.getHttpsProxy());
			config.setNoProxy(variables.getNoProxy());
		}
	}

	/** A client of the only cluster of a kubeconfig. */
	public static KubernetesClient client(String kubeconfig) {
		return client(Config.fromKubeconfig(kubeconfig), Limits.ALL.request(), RETRIES);
	}

	KubernetesClient client() {
		return client(this.config, Limits.ALL.request(), RETRIES);
	}

	/** A client that tries each request once, for five seconds. */
	private KubernetesClient impatientClient() {
		Config impatient = new ConfigBuilder(this.config).build();
		impatient.setOauthTokenProvider(this.config.getOauthTokenProvider());
		return client(impatient, IMPATIENT, 0);
	}

	/**
	 * A client with a limit for each request.
	 * @param retries how often it repeats a request that failed
	 */
	static KubernetesClient client(Config config, Duration limit, int retries) {
		config.setRequestTimeout((int) limit.toMillis());
		config.setConnectionTimeout((int) limit.toMillis());
		config.setRequestRetryBackoffLimit(retries);
		return new KubernetesClientBuilder().withConfig(config).build();
	}

	/**
	 * Waits until the API server answers with any status. A question that the limit has
	 * interrupted gives no reason.
	 * @throws LabException if it does not answer within the limit
	 * @throws RuntimeException at once if no client can be made, for example because a
	 * file of the kubeconfig is missing
	 */
	public void requireAnswer(Duration limit) {
		impatientClient().close();
		AtomicReference<String> reason = new AtomicReference<>("");
		if (!Condition.holdsWithin(limit, () -> {
			Optional<String> unanswered = unanswered();
			if (!Thread.currentThread().isInterrupted()) {
				reason.set(unanswered.map(" -- "::concat).orElse(""));
			}
			return unanswered.isEmpty();
		})) {
			throw new LabException(gone(limit) + reason.get());
		}
	}

	/**
	 * Why the API server does not answer now, or cannot be asked; empty if it answers.
	 * Each question takes a new connection, because some engines let an open connection
	 * live on when a policy forbids it.
	 */
	public Optional<String> unanswered() {
		try (KubernetesClient client = impatientClient()) {
			client.raw("/version");
			return Optional.empty();
		}
		catch (KubernetesClientException ex) {
			return (ex.getCode() > 0) ? Optional.empty() : Optional.of(LabException.said(ex));
		}
		catch (RuntimeException ex) {
			return Optional.of(ex.toString());
		}
	}

	/** The message about an API server that does not answer now; empty if it answers. */
	public Optional<String> silence() {
		return unanswered().map((reason) -> gone("does not answer -- " + reason));
	}

	/** The message about an API server that has not answered for some time. */
	public String gone(Duration limit) {
		return gone("has not answered for %d s".formatted(limit.toSeconds()));
	}

	private String gone(String fact) {
		return "the API server at %s %s".formatted(this.config.getMasterUrl(), fact) + ((this.pod == null) ? ""
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

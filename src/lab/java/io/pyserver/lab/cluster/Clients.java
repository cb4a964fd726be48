package io.pyserver.lab.cluster;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

/**
 * Clients of the cluster that was named. They never use the current context, nor a
 * variable that names a server.
 */
public final class Clients {

	/**
	 * The pauses between them double, starting with 0.1 s. Until k3s has built its tunnel
	 * to a node, logs and commands get the status 502.
	 */
	private static final int RETRIES = 6;

	private static final int IMPATIENT_MILLIS = 5_000;

	private Clients() {
	}

	/** A client of the only cluster of a kubeconfig. */
	public static KubernetesClient of(String kubeconfig) {
		return of(Config.fromKubeconfig(kubeconfig));
	}

	static KubernetesClient of(Config config) {
		config.setRequestTimeout((int) Limits.ALL.request().toMillis());
		config.setConnectionTimeout((int) Limits.ALL.request().toMillis());
		config.setRequestRetryBackoffLimit(RETRIES);
		return new KubernetesClientBuilder().withConfig(config).build();
	}

	/** A client that tries once, for five seconds, to find out if a server answers. */
	public static KubernetesClient impatient(Config config) {
		Config impatient = new ConfigBuilder(config).build();
		impatient.setOauthTokenProvider(config.getOauthTokenProvider());
		impatient.setRequestTimeout(IMPATIENT_MILLIS);
		impatient.setConnectionTimeout(IMPATIENT_MILLIS);
		impatient.setRequestRetryBackoffLimit(0);
		return new KubernetesClientBuilder().withConfig(impatient).build();
	}

	/** The message of an API server, or the reason why there is none. */
	public static String said(KubernetesClientException ex) {
		if (ex.getStatus() != null && ex.getStatus().getMessage() != null) {
			return ex.getStatus().getMessage();
		}
		Throwable reason = ex.getCause();
		while (reason != null && reason.getMessage() == null && reason.getCause() != null) {
			reason = reason.getCause();
		}
		return String.valueOf((reason != null) ? reason : ex.getMessage());
	}

	/**
	 * The configuration of a context. If several kubeconfigs have it, the first one
	 * counts.
	 * @throws LabException if there is no such context, or no credentials for its user
	 */
	static Config config(String context, List<File> kubeconfigs) {
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
		return config;
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

	/** Of the environment, only the proxy counts, as it does for kubectl. */
	private static void addProxy(Config config) {
		Config variables = Config.empty();
		Config.configFromSysPropsOrEnvVars(variables);
		if (config.getHttpsProxy() == null) {
			config.setHttpsProxy(variables.getHttpsProxy());
			config.setNoProxy(variables.getNoProxy());
		}
	}

}

package io.pyserver.lab.k3s;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Access;
import io.pyserver.lab.cluster.ExistingCluster;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.experiment.Diagnostics;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.report.Report;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;

/**
 * Starts a cluster when the first test needs it, and deploys the lab's surroundings to it
 * when the first test needs those. The enforcing one is shared by all classes of a run;
 * the other one is gone with its test.
 */
final class ClusterExtension implements ExecutionCondition, ParameterResolver {

	private static final Namespace CLUSTERS = Namespace.create(ClusterExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		K3sSettings settings = K3sSettings.current();
		ClusterTest test = context.getRequiredTestClass().getAnnotation(ClusterTest.class);
		if (!settings.lab().only().standard() && !test.matrix()) {
			return ConditionEvaluationResult.disabled("lab.only asks for cells of the matrix alone");
		}
		if (settings.lab().context() != null) {
			return test.throwAway()
					? ConditionEvaluationResult
						.disabled("it needs a cluster of its own, and lab.context names an existing one")
					: ConditionEvaluationResult.enabled("lab.context names a cluster");
		}
		List<String> missing = new ArrayList<>();
		if (!dockerAnswers()) {
			missing.add("no Docker engine answers; start one and run again");
		}
		if (!Files.exists(BuiltImage.ARCHIVE)) {
			missing.add("there is no " + BuiltImage.ARCHIVE + "; the build's output says why");
		}
		if (missing.isEmpty()) {
			return ConditionEvaluationResult.enabled("Docker and the image are there");
		}
		String reason = String.join(", and ", missing);
		if (settings.required()) {
			throw new LabException("lab.required is set, but " + reason);
		}
		return ConditionEvaluationResult.disabled(reason);
	}

	/**
	 * Asks the engine alone; {@code isDockerAvailable} would pull and start a container
	 * as well.
	 */
	private static boolean dockerAnswers() {
		try {
			DockerClientFactory.instance().getTransportConfig();
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return List.of(Cluster.class, K3sCluster.class, Lab.class).contains(parameter.getParameter().getType());
	}

	/**
	 * Said in its own words: JUnit would put its own in front of any other exception's.
	 */
	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		try {
			Cluster cluster = cluster(context);
			return (parameter.getParameter().getType() == Lab.class) ? lab(context, cluster) : cluster;
		}
		catch (LabException ex) {
			throw new ParameterResolutionException(ex.getMessage(), ex);
		}
	}

	private static Lab lab(ExtensionContext context, Cluster cluster) {
		return once(store(context), cluster, Lab.class, () -> Lab.on(cluster, LabSettings.current()));
	}

	private static Cluster cluster(ExtensionContext context) {
		K3sSettings settings = K3sSettings.current();
		context.getRoot().getStore(CLUSTERS).computeIfAbsent("report", (_) -> {
			Report.clear(settings.lab().report());
			Diagnostics.clear(settings.lab().report());
			return "cleared";
		});
		if (settings.lab().context() != null) {
			return once(store(context), "context", ExistingCluster.class,
					() -> ExistingCluster.of(settings.lab(), Access.of(settings.lab(), System::getenv)));
		}
		context.getRoot().getStore(CLUSTERS).computeIfAbsent("leftovers", (_) -> {
			Leftovers.remove();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> {
				if (!settings.lab().keep().keepsRun()) {
					Leftovers.remove();
				}
			}));
			return "removed";
		});
		return isEnforcing(context)
				? once(store(context), "enforcing", K3sCluster.class, () -> K3sCluster.enforcing(settings))
				: once(store(context), "not enforcing", K3sCluster.class, () -> K3sCluster.notEnforcing(settings));
	}

	/** Of the run or of the test alone: closes what is in it. */
	private static Store store(ExtensionContext context) {
		return (isEnforcing(context) ? context.getRoot() : context).getStore(CLUSTERS);
	}

	private static boolean isEnforcing(ExtensionContext context) {
		return context.getRequiredTestClass().getAnnotation(ClusterTest.class).enforcing();
	}

	private static <T extends AutoCloseable> T once(Store store, Object key, Class<T> type, Supplier<T> preparation) {
		return store.computeIfAbsent(key, (_) -> Prepared.by(preparation), Prepared.class).as(type);
	}

}

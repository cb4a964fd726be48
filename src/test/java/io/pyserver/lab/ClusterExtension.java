package io.pyserver.lab;

import java.nio.file.Files;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;

/**
 * Starts a cluster when the first test needs it. The enforcing one is shared by all
 * classes of a run; the other one is gone with its class.
 */
final class ClusterExtension implements ExecutionCondition, ParameterResolver {

	private static final Namespace CLUSTERS = Namespace.create(ClusterExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (!Files.exists(K3sCluster.IMAGE_ARCHIVE)) {
			return missing("there is no " + K3sCluster.IMAGE_ARCHIVE + "; the build's output says why");
		}
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			return missing("no Docker engine answers; start one and run again");
		}
		return ConditionEvaluationResult.enabled("Docker and the image are there");
	}

	private static ConditionEvaluationResult missing(String reason) {
		if (Boolean.getBoolean("lab.required")) {
			throw new IllegalStateException("lab.required is set, but " + reason);
		}
		return ConditionEvaluationResult.disabled(reason);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Cluster.class;
	}

	@Override
	public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
		context.getRoot().getStore(CLUSTERS).computeIfAbsent("leftovers", (_) -> {
			Leftovers.remove();
			return "removed";
		});
		return context.getRequiredTestClass().getAnnotation(ClusterTest.class).enforcing()
				? context.getRoot()
					.getStore(CLUSTERS)
					.computeIfAbsent("enforcing", (_) -> K3sCluster.enforcing(), K3sCluster.class)
				: context.getStore(CLUSTERS)
					.computeIfAbsent("not enforcing", (_) -> K3sCluster.notEnforcing(), K3sCluster.class);
	}

}

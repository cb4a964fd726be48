package io.pyserver.lab.k3s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

import io.pyserver.lab.cluster.Access;
import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.ExistingCluster;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.experiment.Diagnostics;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.report.Report;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

/**
 * A test on a cluster, which it gets as a parameter of type {@link Cluster} or
 * {@link Lab}. Without Docker it is skipped, and named at the end of the run; with
 * {@code -Dlab.required} it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterTest.Extension.class)
public @interface ClusterTest {

	/** Whether the cluster enforces network policies. */
	boolean enforcing() default true;

	/** Whether the test runs the cells of {@code lab.only}. */
	boolean matrix() default false;

	/** Whether the test needs a throw-away cluster. */
	boolean throwAway() default false;

	/**
	 * Starts a cluster when the first test needs it, and the lab on it when the first
	 * test needs that. All classes of a run share the cluster that enforces policies; the
	 * other one ends with its test.
	 */
	class Extension implements ExecutionCondition, ParameterResolver {

		private static final Namespace CLUSTERS = Namespace.create(Extension.class);

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			K3sSettings settings = K3sSettings.current();
			context.getRoot().getStore(CLUSTERS).computeIfAbsent("report", (_) -> {
				Report.clear(settings.lab().report());
				Diagnostics.clear(settings.lab().report());
				return "cleared";
			});
			ClusterTest test = annotation(context);
			if (!settings.lab().only().standard() && !test.matrix()) {
				return disabled("lab.only asks for cells of the matrix alone");
			}
			if (settings.lab().context() != null) {
				return test.throwAway()
						? disabled("it needs a cluster of its own, and lab.context names an existing one")
						: enabled("lab.context names a cluster");
			}
			String missing = Stream
				.of(Docker.answers() ? "" : "no Docker engine answers; start one and run again",
						Files.exists(BuiltImage.ARCHIVE) ? ""
								: "there is no " + BuiltImage.ARCHIVE + "; the build's output says why")
				.filter((reason) -> !reason.isEmpty())
				.collect(Collectors.joining(", and "));
			if (missing.isEmpty()) {
				return enabled("Docker and the image are there");
			}
			if (settings.required()) {
				throw new LabException("lab.required is set, but " + missing);
			}
			return disabled(missing);
		}

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return List.of(Cluster.class, K3sCluster.class, Lab.class).contains(parameter.getParameter().getType());
		}

		/** JUnit puts no words of its own in front of this type of exception. */
		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			try {
				Object cluster = cluster(context);
				return (parameter.getParameter().getType() == Lab.class)
						? once(context, cluster, () -> Lab.on((Cluster) cluster, LabSettings.current())) : cluster;
			}
			catch (LabException ex) {
				throw new ParameterResolutionException(ex.getMessage(), ex);
			}
		}

		private static Object cluster(ExtensionContext context) {
			K3sSettings settings = K3sSettings.current();
			if (settings.lab().context() != null) {
				return once(context, "context", () -> existing(settings.lab()));
			}
			context.getRoot().getStore(CLUSTERS).computeIfAbsent("leftovers", (_) -> removeLeftovers(settings));
			return annotation(context).enforcing() ? once(context, "enforcing", () -> K3sCluster.enforcing(settings))
					: once(context, "not enforcing", () -> K3sCluster.notEnforcing(settings));
		}

		private static ExistingCluster existing(LabSettings settings) {
			Access access = Access.of(settings, System::getenv);
			access.requireAnswer(Limits.ALL.answer());
			return ExistingCluster.of(settings, access, System.out::println);
		}

		/** Removes what earlier runs left, and at the end what this one left. */
		private static Thread removeLeftovers(K3sSettings settings) {
			Docker.removeLeftovers();
			Thread atTheEnd = new Thread(() -> {
				if (!settings.lab().keep().keepsRun()) {
					Docker.removeLeftovers();
				}
			});
			Runtime.getRuntime().addShutdownHook(atTheEnd);
			return atTheEnd;
		}

		private static ClusterTest annotation(ExtensionContext context) {
			return context.getRequiredTestClass().getAnnotation(ClusterTest.class);
		}

		/**
		 * Prepares something once; JUnit closes it at the end of the run or of the test.
		 */
		private static Object once(ExtensionContext context, Object key,
				Supplier<? extends AutoCloseable> preparation) {
			Store store = (annotation(context).enforcing() ? context.getRoot() : context).getStore(CLUSTERS);
			Prepared prepared = store.computeIfAbsent(key, (_) -> {
				try {
					return new Prepared(preparation.get());
				}
				catch (RuntimeException ex) {
					return new Prepared(ex);
				}
			}, Prepared.class);
			if (prepared.outcome() instanceof RuntimeException failure) {
				throw failure;
			}
			return prepared.outcome();
		}

		/**
		 * What several tests share, or the exception because of which it could not be
		 * prepared: no test waits for the same failure again.
		 */
		private record Prepared(Object outcome) implements AutoCloseable {

			@Override
			public void close() {
				try {
					if (this.outcome instanceof AutoCloseable shared) {
						shared.close();
					}
				}
				catch (Exception ex) {
					throw new IllegalStateException("What the tests shared could not be removed: " + ex.getMessage(),
							ex);
				}
			}

		}

	}

}

package io.pyserver.lab.k3s;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

import io.pyserver.lab.cluster.Keep;

/**
 * Prints at the end of a run which tests were skipped and why, one line for each class.
 * Tells {@link Keep} at once that a test has failed. JUnit finds this public class
 * through {@code META-INF/services}.
 */
public final class SkippedTests implements TestExecutionListener {

	private final Map<String, String> reasons = new TreeMap<>();

	private @Nullable TestPlan plan;

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		this.plan = plan;
	}

	@Override
	public void executionSkipped(TestIdentifier skipped, String reason) {
		this.reasons.put(name(skipped), reason);
	}

	/** A test that aborts itself counts as skipped. */
	@Override
	public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
		switch (result.getStatus()) {
			case ABORTED ->
				executionSkipped(finished, result.getThrowable().map(Throwable::getMessage).orElse("it was aborted"));
			case FAILED -> Keep.sayFailed();
			case SUCCESSFUL -> {
			}
		}
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		if (!this.reasons.isEmpty()) {
			System.out.println("SKIPPED, so these prove nothing about this machine:");
			this.reasons.forEach((name, reason) -> System.out.println("  " + name + " -- " + reason));
		}
	}

	private String name(TestIdentifier skipped) {
		if (skipped.isTest() || this.plan == null) {
			return skipped.getParentIdObject().map(Object::toString).orElse("") + skipped.getDisplayName();
		}
		String className = skipped.getSource()
			.filter(ClassSource.class::isInstance)
			.map((source) -> ((ClassSource) source).getJavaClass().getSimpleName())
			.orElse(skipped.getDisplayName());
		return this.plan.getDescendants(skipped)
			.stream()
			.filter(TestIdentifier::isTest)
			.map((test) -> test.getDisplayName().replaceFirst("\\(.*\\)$", ""))
			.collect(Collectors.joining(", ", className + ": ", ""));
	}

}

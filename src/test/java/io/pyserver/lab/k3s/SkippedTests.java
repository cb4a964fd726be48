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
 * Says loudly at the end of a run which tests were skipped and why, a line for each
 * class, and at once that one has failed, for {@link Keep#ON_FAILURE}. Found by JUnit
 * through {@code META-INF/services}, and public for that.
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

	/** A test that finds out that it cannot be made is skipped as well. */
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
		if (this.reasons.isEmpty()) {
			return;
		}
		System.out.println("SKIPPED, so these prove nothing about this machine:");
		this.reasons.forEach((name, reason) -> System.out.println("  " + name + " -- " + reason));
	}

	private String name(TestIdentifier skipped) {
		if (skipped.isTest() || this.plan == null) {
			return skipped.getParentIdObject().map(Object::toString).orElse("") + skipped.getDisplayName();
		}
		String tests = this.plan.getDescendants(skipped)
			.stream()
			.filter(TestIdentifier::isTest)
			.map((test) -> test.getDisplayName().replaceFirst("\\(.*\\)$", ""))
			.collect(Collectors.joining(", "));
		String className = skipped.getSource()
			.filter(ClassSource.class::isInstance)
			.map((source) -> ((ClassSource) source).getJavaClass().getSimpleName())
			.orElse(skipped.getDisplayName());
		return className + ": " + tests;
	}

}

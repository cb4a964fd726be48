package io.pyserver.lab;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

import io.pyserver.lab.cluster.LabSettings.Keep;

/**
 * Prints at the end of a run the table of the matrix, and which tests were skipped and
 * why, one line for each class. Tells {@link Keep} at once that a test has failed. JUnit
 * finds this public class through {@code META-INF/services}.
 */
public final class EndOfRun implements TestExecutionListener {

	/** The key under which a test publishes the table. */
	static final String TABLE = "table of the matrix";

	private final PrintStream out;

	private final Map<String, String> skipped = new ConcurrentSkipListMap<>();

	private volatile @Nullable TestPlan plan;

	private volatile @Nullable String table;

	/** On standard output. */
	public EndOfRun() {
		this(System.out);
	}

	EndOfRun(PrintStream out) {
		this.out = out;
	}

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		this.plan = plan;
	}

	@Override
	public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
		String published = entry.getKeyValuePairs().get(TABLE);
		if (published != null) {
			this.table = published;
		}
	}

	@Override
	public void executionSkipped(TestIdentifier skipped, String reason) {
		this.skipped.put(name(skipped), reason);
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
		if (this.table != null) {
			this.out.println();
			this.out.println(this.table);
		}
		if (!this.skipped.isEmpty()) {
			this.out.println("SKIPPED, so these prove nothing about this machine:");
			this.skipped.forEach((name, reason) -> this.out.println("  " + name + " -- " + reason));
		}
	}

	private String name(TestIdentifier skipped) {
		TestPlan plan = this.plan;
		if (skipped.isTest() || plan == null) {
			return skipped.getParentIdObject().map(Object::toString).orElse("") + skipped.getDisplayName();
		}
		String className = skipped.getSource()
			.filter(ClassSource.class::isInstance)
			.map((source) -> ((ClassSource) source).getJavaClass().getSimpleName())
			.orElse(skipped.getDisplayName());
		return plan.getDescendants(skipped)
			.stream()
			.filter(TestIdentifier::isTest)
			.map((test) -> test.getDisplayName().replaceFirst("\\(.*\\)$", ""))
			.collect(Collectors.joining(", ", className + ": ", ""));
	}

}

package io.pyserver.lab;

import java.io.PrintStream;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints the table of the matrix at the end of a run, after everything that the tests
 * print. Found by JUnit through {@code META-INF/services}, and public for that.
 */
public final class TableAtTheEnd implements TestExecutionListener {

	/** The key under which a test publishes the table. */
	static final String KEY = "table of the matrix";

	private final PrintStream out;

	private volatile @Nullable String table;

	/** On standard output. */
	public TableAtTheEnd() {
		this(System.out);
	}

	TableAtTheEnd(PrintStream out) {
		this.out = out;
	}

	@Override
	public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
		String published = entry.getKeyValuePairs().get(KEY);
		if (published != null) {
			this.table = published;
		}
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		if (this.table != null) {
			this.out.println();
			this.out.println(this.table);
		}
	}

}

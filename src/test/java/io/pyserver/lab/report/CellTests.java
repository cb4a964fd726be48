package io.pyserver.lab.report;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

import io.pyserver.lab.evidence.Verdict;

import static org.assertj.core.api.Assertions.fail;

/**
 * A run as JUnit's own test cases, which CI servers show without knowing the lab.
 */
public final class CellTests {

	private CellTests() {
	}

	/** One for each result, by its name in the run. */
	public static Stream<DynamicTest> of(LabRun run) {
		return run.cells()
			.stream()
			.map((result) -> DynamicTest.dynamicTest(VisibleText.ascii(run.name(result)),
					() -> assertSurvives(result)));
	}

	/**
	 * Fails with the result's line unless the probes were shown to survive.
	 */
	public static void assertSurvives(CellResult result) {
		if (result.finding().verdict() != Verdict.SURVIVES) {
			fail(result.line());
		}
	}

}

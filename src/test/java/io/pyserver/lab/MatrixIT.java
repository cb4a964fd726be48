package io.pyserver.lab;

import java.util.stream.Stream;

import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.Report;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.fail;

/**
 * Probes of every mechanism and kind, under every policy, in either order: as many of
 * these cells as {@code lab.only} asks for.
 */
@ClusterTest(matrix = true)
@Order(1)
class MatrixIT {

	@TestFactory
	Stream<DynamicTest> probesSurvive(Lab lab) {
		LabRun run = lab.run(lab.settings().only().cells());
		Report.write(run, Report.FOLDER);
		return run.cells().stream().map(MatrixIT::survives);
	}

	private static DynamicTest survives(CellResult result) {
		return DynamicTest.dynamicTest(result.evidence().cell().id(), () -> {
			if (result.finding().verdict() != Verdict.SURVIVES) {
				fail(result.line());
			}
		});
	}

}

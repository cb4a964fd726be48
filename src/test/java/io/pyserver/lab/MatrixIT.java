package io.pyserver.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.ResourceLock;

import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.Report;

/**
 * The cells of {@code lab.only}, by default those of one policy. A cell is a policy, a
 * mechanism, a kind and an order.
 */
@ClusterTest(matrix = true)
@Order(1)
@ResourceLock(MatrixIT.ALL_CELLS)
class MatrixIT {

	/**
	 * Two tests that run all cells take turns: the lab and its Job each start as many
	 * pods at once as two cores can start.
	 */
	static final String ALL_CELLS = "all cells";

	@TestFactory
	@DisplayName("probes survive")
	Stream<DynamicTest> probesSurvive(Lab lab, TestReporter reporter) throws IOException {
		LabRun run = lab.run(lab.settings().only().cells());
		Path report = lab.settings().report();
		Report.write(run, report);
		reporter.publishEntry(EndOfRun.TABLE, Files.readString(report.resolve(Report.TABLE)));
		return run.cells().stream().map((result) -> DynamicTest.dynamicTest(run.name(result), result::assertSurvives));
	}

}

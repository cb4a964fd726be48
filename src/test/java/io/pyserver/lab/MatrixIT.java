package io.pyserver.lab;

import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

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
class MatrixIT {

	@TestFactory
	@DisplayName("probes survive")
	Stream<DynamicTest> probesSurvive(Lab lab) {
		LabRun run = lab.run(lab.settings().only().cells());
		Report.write(run, lab.settings().report());
		return run.cells().stream().map((result) -> DynamicTest.dynamicTest(run.name(result), result::assertSurvives));
	}

}

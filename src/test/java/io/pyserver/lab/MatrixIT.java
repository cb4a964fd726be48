package io.pyserver.lab;

import java.nio.file.Path;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.matrix.Lab;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.Report;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

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
		Report.write(run, Path.of("target/probe-lab"));
		return run.cells().stream().map(MatrixIT::survives);
	}

	private static DynamicTest survives(CellResult result) {
		Finding finding = result.finding();
		String cell = result.evidence().cell().id();
		return DynamicTest.dynamicTest(cell,
				() -> assertThat(finding.verdict()).as("%s, because %s", cell, String.join("; ", finding.because()))
					.isEqualTo(Verdict.SURVIVES));
	}

}

package io.pyserver.lab.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One run of the lab.
 *
 * @param settings the settings in force, by name
 * @param cells in the order of the matrix
 */
public record LabRun(Instant started, Instant ended, TestedCluster cluster, Map<String, String> settings,
		List<CellResult> cells) {

	public LabRun {
		settings = Map.copyOf(settings);
		cells = List.copyOf(cells);
	}

}

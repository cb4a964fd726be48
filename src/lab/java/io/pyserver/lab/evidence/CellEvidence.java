package io.pyserver.lab.evidence;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All that was seen of a cell.
 *
 * @param controls each control that the cluster allows to be tried
 * @param causality null where the experiment did not get that far
 * @param marks in the order of time
 * @param problem why the experiment ended early, in one line, or null
 */
public record CellEvidence(Cell cell, @Nullable Subject subject, List<ControlEvidence> controls,
		@Nullable ProbeEvidence probes, Harm harm, @Nullable Causality causality, List<Mark> marks,
		@Nullable String problem) {

	public CellEvidence {
		controls = List.copyOf(controls);
		marks = List.copyOf(marks);
	}

}

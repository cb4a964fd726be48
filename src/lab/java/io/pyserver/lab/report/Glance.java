package io.pyserver.lab.report;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.ProbeEvidence;

/**
 * A cell's timeline in small, for the matrix: its probes as ticks, through the time of
 * the policies. A failed one is told by its height.
 */
record Glance(Timeline timeline, ProbeEvidence probes) {

	/** Of the picture, which is as wide as the timeline's. */
	static final int HEIGHT = 64;

	/** Empty where no probe was looked for in time. */
	static Optional<Glance> of(CellEvidence evidence) {
		ProbeEvidence probes = evidence.probes();
		return (probes == null) ? Optional.empty()
				: TimeAxis.of(evidence).map((axis) -> new Glance(new Timeline(evidence, axis), probes));
	}

	String answered() {
		return ticks(true, "28v28");
	}

	String failed() {
		return ticks(false, "6v52");
	}

	/** Those that fall together are drawn once. */
	private String ticks(boolean answered, String tick) {
		return this.probes.seen()
			.stream()
			.filter((probe) -> probe.answered() == answered)
			.map((probe) -> this.timeline.axis().x(probe.at()))
			.collect(Collectors.toCollection(TreeSet::new))
			.stream()
			.map((x) -> "M" + x + " " + tick)
			.collect(Collectors.joining());
	}

}

package io.pyserver.lab;

import java.util.List;

/**
 * What every control showed for every pod at one time.
 */
record Reachability(List<Measurement> measurements) {

	/** One control, tried for one pod. */
	record Measurement(Control control, String pod, Reach reach) {
	}

	/** Nothing is blocked. */
	boolean open() {
		return this.measurements.stream().noneMatch((measurement) -> measurement.reach().blocked());
	}

	/** Everything is blocked that every engine polices. */
	boolean denied() {
		return this.measurements.stream()
			.filter((measurement) -> measurement.control().policedEverywhere())
			.allMatch((measurement) -> measurement.reach().blocked());
	}

	List<Reach> of(Control control) {
		return this.measurements.stream()
			.filter((measurement) -> measurement.control() == control)
			.map(Measurement::reach)
			.toList();
	}

}

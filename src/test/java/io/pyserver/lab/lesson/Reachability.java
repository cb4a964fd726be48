package io.pyserver.lab.lesson;

import java.util.List;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;

/**
 * What every control showed for every pod at one time.
 */
public record Reachability(List<Measurement> measurements) {

	/** One control, tried for one pod. */
	record Measurement(Control control, String pod, Reach reach) {
	}

	/** Everything is reached; ping may not be, which some networks never let through. */
	public boolean open() {
		return policedEverywhere().allMatch((measurement) -> measurement.reach() == Reach.REACHED);
	}

	/** Everything is blocked that both policies forbid and every engine polices. */
	boolean denied() {
		return policedEverywhere().filter((measurement) -> !measurement.control().openUnder(Policy.DENY_BOTH))
			.allMatch((measurement) -> measurement.reach().blocked());
	}

	private Stream<Measurement> policedEverywhere() {
		return this.measurements.stream().filter((measurement) -> measurement.control().policedEverywhere());
	}

	public List<Reach> of(Control control) {
		return this.measurements.stream()
			.filter((measurement) -> measurement.control() == control)
			.map(Measurement::reach)
			.toList();
	}

}

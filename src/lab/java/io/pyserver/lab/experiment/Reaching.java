package io.pyserver.lab.experiment;

import java.util.List;
import java.util.Map;

import io.pyserver.lab.evidence.Phase;

/**
 * Tries the controls before any policy, until all are open.
 *
 * @param place what stands in for pods that are not there yet
 */
record Reaching(Rounds rounds, List<Probed> pods, Rounds.Place place) implements Step {

	@Override
	public void run() {
		this.rounds.untilAsExpected(Phase.BEFORE, this.pods, this.place);
	}

	@Override
	public Map<Probed, Outcome.Reached> seen() {
		return Step.ofEach(this.pods, (pod) -> new Outcome.Reached(this.rounds.attempts(pod)));
	}

}

package io.pyserver.lab.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What a control showed.
 *
 * @param attempts in the order of time
 */
public record ControlEvidence(Control control, List<Attempt> attempts) {

	public ControlEvidence {
		attempts = List.copyOf(attempts);
	}

	/** The last word on a phase; empty where the control was not tried in it. */
	public Optional<Reach> last(Phase phase) {
		return this.attempts.stream()
			.filter((attempt) -> attempt.phase() == phase)
			.map(Attempt::reach)
			.reduce((_, latest) -> latest);
	}

	/** What one of its attempts had to show. */
	public Expectation expected(Attempt attempt, Policy policy) {
		return Expectation.of(this.control, policy, attempt, this.attempts);
	}

	/** Whether one of its attempts showed that. */
	public boolean isAsExpected(Attempt attempt, Policy policy) {
		return expected(attempt, policy).metBy(attempt.reach());
	}

}

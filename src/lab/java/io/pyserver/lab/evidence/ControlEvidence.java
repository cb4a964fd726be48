package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a control showed.
 *
 * @param control the connection that was tried
 * @param attempts in the order of time
 */
public record ControlEvidence(Control control, List<Attempt> attempts) {

	public ControlEvidence {
		attempts = List.copyOf(attempts);
	}

	/** The last result of a phase; empty where the control was not tried in it. */
	public Optional<Reach> last(Phase phase) {
		return this.attempts.stream()
			.filter((attempt) -> attempt.phase() == phase)
			.map(Attempt::reach)
			.reduce((_, latest) -> latest);
	}

	/**
	 * What one of its attempts had to show. Before the policies and after them a network
	 * may take several attempts to be open, of which the last one counts.
	 */
	public Expectation expected(Attempt attempt, Policy policy) {
		boolean early = attempt.phase() != Phase.DURING && this.attempts.stream()
			.anyMatch((other) -> other.phase() == attempt.phase() && other.at().isAfter(attempt.at()));
		return early ? Expectation.EITHER : Expectation.of(this.control, policy, attempt.phase());
	}

	/** Whether one of its attempts showed that. */
	public boolean isAsExpected(Attempt attempt, Policy policy) {
		return expected(attempt, policy).metBy(attempt.reach());
	}

	/**
	 * A control, tried once.
	 *
	 * @param phase when within the experiment it was tried
	 * @param at when the attempt ended, by the lab's clock
	 * @param reach how it ended
	 */
	public record Attempt(Phase phase, Instant at, Reach reach) {
	}

}

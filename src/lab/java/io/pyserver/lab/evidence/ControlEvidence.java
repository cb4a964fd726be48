package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.Expectation;

/**
 * What a control showed.
 *
 * @param control the connection
 * @param attempts all attempts, in the order of time
 */
public record ControlEvidence(Control control, List<Attempt> attempts) {

	public ControlEvidence {
		attempts = List.copyOf(attempts);
	}

	/** The last result of a phase, or empty if the control was not tried in it. */
	public Optional<Reach> last(Phase phase) {
		return this.attempts.stream()
			.filter((attempt) -> attempt.phase() == phase)
			.map(Attempt::reach)
			.reduce((_, latest) -> latest);
	}

	/**
	 * What an attempt has to show. Before and after the policies, a network may need
	 * several attempts until it is open, so only the last one counts.
	 */
	public Expectation expected(Attempt attempt, Policy policy) {
		boolean early = attempt.phase() != Phase.DURING && this.attempts.stream()
			.anyMatch((other) -> other.phase() == attempt.phase() && other.at().isAfter(attempt.at()));
		return early ? Expectation.EITHER : Expectation.of(this.control, policy, attempt.phase());
	}

	public boolean isAsExpected(Attempt attempt, Policy policy) {
		return expected(attempt, policy).metBy(attempt.reach());
	}

	/**
	 * One attempt of a control.
	 *
	 * @param phase the part of the experiment
	 * @param at when the attempt ended, by the lab's clock
	 * @param reach how it ended
	 */
	public record Attempt(Phase phase, Instant at, Reach reach) {
	}

	/** The part of the experiment in which a control was tried. */
	public enum Phase implements Label {

		/** Before any policy. */
		BEFORE,
		/** The policies are applied, and the controls have not shown enforcement yet. */
		SETTLING,
		/** The controls have shown enforcement. */
		DURING,
		/** The policies are removed. */
		AFTER

	}

	/**
	 * How an attempt ended. A blocked connection is refused or times out, depending on
	 * the engine.
	 */
	public enum Reach implements Label {

		/** An answer came. */
		REACHED,
		/** Rejected at once, for example by kube-router. */
		REFUSED,
		/** Connected and then closed without an answer: neither open nor blocked. */
		BROKEN_OFF,
		/** No answer came in time, for example with Cilium and Calico. */
		TIMED_OUT;

		public boolean blocked() {
			return this == REFUSED || this == TIMED_OUT;
		}

	}

}

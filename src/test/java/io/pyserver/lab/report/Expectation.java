package io.pyserver.lab.report;

import java.util.List;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Label;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;

/** What a control has to show in a phase. */
enum Expectation implements Label {

	OPEN,

	BLOCKED,

	/** Nothing: an engine is at work, or not every engine polices it. */
	EITHER;

	static Expectation of(Control control, Policy policy, Phase phase) {
		return switch (phase) {
			case BEFORE, AFTER -> OPEN;
			case SETTLING -> EITHER;
			case DURING -> during(control, policy);
		};
	}

	private static Expectation during(Control control, Policy policy) {
		if (control.openUnder(policy)) {
			return OPEN;
		}
		return control.policedEverywhere() ? BLOCKED : EITHER;
	}

	/**
	 * What an attempt had to show. Before the policies and after them a network may take
	 * several attempts to be open, of which the last one counts.
	 */
	static Expectation of(Control control, Policy policy, Attempt attempt, List<Attempt> attempts) {
		boolean early = attempt.phase() != Phase.DURING && attempts.stream()
			.anyMatch((other) -> other.phase() == attempt.phase() && other.at().isAfter(attempt.at()));
		return early ? EITHER : of(control, policy, attempt.phase());
	}

	boolean metBy(Attempt attempt) {
		return switch (this) {
			case OPEN -> attempt.reach() == Reach.REACHED;
			case BLOCKED -> attempt.reach().blocked();
			case EITHER -> true;
		};
	}

}

package io.pyserver.lab.evidence;

import java.util.Map;

/**
 * What a control has to show in a phase. This is the one place that says so: what is
 * waited for, what counts as enforcement and what the report points at follow from it.
 */
public enum Expectation implements Label {

	/** It is reached. */
	OPEN,
	/** It is kept from its aim, refused or timed out. */
	BLOCKED,
	/** Nothing: an engine is at work, or not every engine decides it by policies. */
	EITHER;

	/** What the last attempt of a phase has to show. */
	public static Expectation of(Control control, Policy policy, Phase phase) {
		if (!control.isDecidedByPolicies()) {
			return EITHER;
		}
		return switch (phase) {
			case BEFORE, AFTER -> OPEN;
			case SETTLING -> EITHER;
			case DURING -> control.openUnder(policy) ? OPEN : BLOCKED;
		};
	}

	/**
	 * Whether one round of controls is as it has to be, which is when something has
	 * settled. What policies do not decide is observed, and never waited for.
	 * @param phase while an engine is at work, what has to come of it
	 */
	public static boolean areMet(Map<Control, Reach> round, Policy policy, Phase phase) {
		Phase settled = (phase == Phase.SETTLING) ? Phase.DURING : phase;
		return round.entrySet()
			.stream()
			.allMatch((tried) -> of(tried.getKey(), policy, settled).metBy(tried.getValue()));
	}

	/** Whether an attempt that ended so is as expected. */
	public boolean metBy(Reach reach) {
		return switch (this) {
			case OPEN -> reach == Reach.REACHED;
			case BLOCKED -> reach.blocked();
			case EITHER -> true;
		};
	}

}

package io.pyserver.lab.evidence;

import java.util.Map;

import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.ControlEvidence.Phase;
import io.pyserver.lab.evidence.ControlEvidence.Reach;

/**
 * What a control has to show in a phase. The lab waits by this rule, decides by it
 * whether policies are enforced, and marks exceptions from it in the report.
 */
public enum Expectation implements Label {

	/** The connection is reached. */
	OPEN,
	/** The connection is refused or times out. */
	BLOCKED,
	/**
	 * Any result: the engine is at work, or not every engine decides this control by
	 * policies.
	 */
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
	 * Whether a round of controls has settled: each shows what it has to show.
	 * @param phase settling means that the round has to show enforcement
	 */
	public static boolean areMet(Map<Control, Reach> round, Policy policy, Phase phase) {
		Phase settled = (phase == Phase.SETTLING) ? Phase.DURING : phase;
		return round.entrySet()
			.stream()
			.allMatch((tried) -> of(tried.getKey(), policy, settled).metBy(tried.getValue()));
	}

	/** Whether an attempt that ended like this is as expected. */
	public boolean metBy(Reach reach) {
		return switch (this) {
			case OPEN -> reach == Reach.REACHED;
			case BLOCKED -> reach.blocked();
			case EITHER -> true;
		};
	}

}

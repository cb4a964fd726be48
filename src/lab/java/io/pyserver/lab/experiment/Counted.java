package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;

/**
 * What log and history of a pod had at the end of its watch.
 *
 * @param until the last that its log had by then
 * @param byLog how many probes of each kind the log held when the history was read, as
 * near as can be told
 * @param byHistory how many the history counted then; nothing where it did not answer
 */
record Counted(Instant until, Map<Kind, Integer> byLog, Map<Kind, Integer> byHistory) {

	/**
	 * Of a pod whose history was read.
	 * @param enforced when the watch began
	 * @param before the log before that
	 * @param after the log after that: what the history counts has to be between the two
	 */
	static Counted of(Mechanism mechanism, Instant enforced, ProbeLog before, Map<Kind, Integer> byHistory,
			ProbeLog after) {
		Map<Kind, Integer> byLog = new EnumMap<>(Kind.class);
		for (Kind kind : Kind.values()) {
			int lowest = before.probes(mechanism, kind).size();
			int highest = Math.max(lowest, after.probes(mechanism, kind).size());
			byLog.put(kind, Math.clamp(byHistory.getOrDefault(kind, lowest), lowest, highest));
		}
		return new Counted(before.latest().isAfter(enforced) ? before.latest() : enforced, byLog, byHistory);
	}

}

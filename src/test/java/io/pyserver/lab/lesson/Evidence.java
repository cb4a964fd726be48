package io.pyserver.lab.lesson;

import java.time.Duration;
import java.util.List;

import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.Verdict;

/**
 * All that an experiment saw.
 *
 * @param before what was reachable before any policy
 * @param podsBefore what was seen of each pod before any policy
 * @param during what was reachable when the policies had been applied
 * @param pods what was seen of each pod while everything was denied; empty where nothing
 * was
 * @param after what was reachable when the policies had been removed
 */
public record Evidence(Reachability before, List<PodEvidence> podsBefore, Reachability during, List<PodEvidence> pods,
		Reachability after) {

	/** The probes' period in the lab. */
	public static final Duration PERIOD = Duration.ofSeconds(2);

	/**
	 * How long liveness probes have to keep arriving after the controls have shown
	 * enforcement.
	 */
	static final Duration WATCHED = PERIOD.multipliedBy(6);

	/**
	 * A probe may be late by its own timeout; one that is missed makes twice the period.
	 */
	static final Duration LONGEST_GAP = PERIOD.multipliedBy(2).plusSeconds(1);

	public Evidence {
		podsBefore = List.copyOf(podsBefore);
		pods = List.copyOf(pods);
	}

	/** Whether there was another node to try from. */
	public boolean hasOtherNode() {
		return !this.before.of(Control.OTHER_NODE_TO_POD).isEmpty();
	}

	/** What follows from it. */
	public Verdict verdict() {
		boolean enforced = this.before.open() && this.during.denied() && this.after.open();
		if (!enforced || this.pods.isEmpty()) {
			return Verdict.NOT_ENFORCED;
		}
		boolean ownNodeGetsThrough = this.during.of(Control.OWN_NODE_TO_POD).stream().allMatch(Reach.REACHED::equals);
		return (ownNodeGetsThrough && this.pods.stream().allMatch(PodEvidence::healthy)) ? Verdict.SURVIVES
				: Verdict.BROKEN;
	}

}

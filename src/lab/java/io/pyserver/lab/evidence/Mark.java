package io.pyserver.lab.evidence;

import java.time.Instant;

/**
 * Something that happened to the pod or its namespace.
 *
 * @param at by the lab's clock
 * @param what what happened
 */
public record Mark(Instant at, What what) {

	/** What happened. */
	public enum What implements Label {

		/** The pod was ready. */
		READY,

		/** The policies were about to be applied. */
		POLICY_APPLIED,

		/** The controls showed that they are enforced. */
		ENFORCED,

		/** The probe's target was broken on purpose. */
		BROKEN,

		/** The container was started again. */
		RESTARTED,

		/** The policies were removed. */
		POLICY_REMOVED

	}

}

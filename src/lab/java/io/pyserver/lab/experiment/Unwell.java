package io.pyserver.lab.experiment;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.evidence.Harm.Unready;

/**
 * Why no more is asked of a pod.
 *
 * @param problem in one line
 * @param listens it takes requests, and its node does not find it well
 * @param unready which of its probes fails, which is held against each kind; null where
 * that is not known
 */
record Unwell(String problem, boolean listens, @Nullable Unready unready) {

	Unwell {
		problem = LabException.oneLine(problem);
	}

	static Unwell because(@Nullable String problem) {
		return new Unwell(String.valueOf(problem), false, null);
	}

	/**
	 * It is not ready.
	 * @param otherwise what to say of it where it does not even listen
	 */
	static Unwell notReady(Readiness.NotReady late, String otherwise) {
		return new Unwell(late.listens() ? "it takes requests, and its node did not find it ready" : otherwise,
				late.listens(), late.unready());
	}

	/** The first problem stays; what is known later of its probes counts. */
	Unwell then(Unwell later) {
		return (later.unready == null) ? this : new Unwell(this.problem, later.listens, later.unready);
	}

}

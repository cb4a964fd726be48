package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Harm.Restart;

/**
 * What a step of an experiment saw of a pod. A step that says nothing of something did
 * not look at it.
 */
sealed interface Outcome {

	/** The controls that it tried, in the order of time. */
	default Map<Control, List<Attempt>> attempts() {
		return Map.of();
	}

	/** In the order of time. */
	default List<Mark> marks() {
		return List.of();
	}

	/** What followed from what was broken, by what was asked about. */
	default Map<Kind, Causality> causality() {
		return Map.of();
	}

	/** Why no more is asked of the pod, or null where all is well. */
	default @Nullable Unwell unwell() {
		return null;
	}

	/**
	 * It was waited for.
	 *
	 * @param pod as it was then, or null where it was not even created
	 * @param marks when it was ready, if it was
	 */
	record Started(@Nullable Pod pod, List<Mark> marks, @Nullable Unwell unwell) implements Outcome {

		Instant createdAt() {
			return (this.pod != null) ? Instant.parse(this.pod.getMetadata().getCreationTimestamp()) : Instant.MIN;
		}

	}

	/** It was tried to reach it before any policy. */
	record Reached(Map<Control, List<Attempt>> attempts) implements Outcome {
	}

	/** The policies were applied. */
	record Denied(List<Mark> marks) implements Outcome {
	}

	/**
	 * The controls were tried until they showed enforcement.
	 *
	 * @param logged when the last request was logged by then, or null where they did not
	 * show it
	 */
	record Settled(Map<Control, List<Attempt>> attempts, List<Mark> marks, @Nullable Instant logged,
			@Nullable Unwell unwell) implements Outcome {
	}

	/**
	 * It was watched with nothing broken.
	 *
	 * @param end when the watch ended, by the lab's clock
	 * @param logged when the last request was logged by then, or null where the log could
	 * not be read
	 * @param restarts of its container so far
	 */
	record Watched(Map<Control, List<Attempt>> attempts, Instant end, @Nullable Instant logged, List<Restart> restarts,
			@Nullable Unwell unwell) implements Outcome {
	}

	/**
	 * Its probes were broken on purpose, or those of others.
	 *
	 * @param causality of startup, which shows before the end
	 */
	record Broken(List<Mark> marks, Map<Kind, Causality> causality, @Nullable Unwell unwell) implements Outcome {
	}

	/**
	 * The policies were removed, and what was broken is concluded.
	 *
	 * @param restarts of its container with nothing broken on purpose, or null where that
	 * was not looked at
	 */
	record Released(Map<Control, List<Attempt>> attempts, List<Mark> marks, Map<Kind, Causality> causality,
			@Nullable List<Restart> restarts, @Nullable Unwell unwell) implements Outcome {
	}

	/** The experiment could not go on. */
	record Stopped(Unwell unwell) implements Outcome {
	}

}

package io.pyserver.lab.experiment;

import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Cell.Order;

/**
 * A fault that a test injects into an experiment to check the verdict. Each method is
 * called at one point of the experiment, and injects no fault unless it is overridden.
 */
public interface Sabotage {

	Sabotage NONE = new Sabotage() {
	};

	/** Changes a pod under test before it is applied. */
	default void change(Pod pod, Order order) {
	}

	/**
	 * Applies the policies, perhaps with a fault that lasts until they are removed.
	 * @return an action that ends the fault
	 */
	default Runnable apply(PodGroup pods, Runnable policies) {
		policies.run();
		return () -> {
		};
	}

	/** Starts a fault while the probes are watched. */
	default void start(List<PodUnderTest> pods) {
	}

}

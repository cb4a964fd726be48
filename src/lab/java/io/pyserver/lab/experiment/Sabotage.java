package io.pyserver.lab.experiment;

import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Cell.Order;

/**
 * What is done to an experiment to see that the lab notices. Each way in does nothing
 * unless it is overridden.
 */
public interface Sabotage {

	Sabotage NONE = new Sabotage() {
	};

	/** Changes a pod under test before it is applied. */
	default void change(Pod pod, Order order) {
	}

	/**
	 * Applies the policies, and starts something that lasts until they are removed.
	 * @return what ends it
	 */
	default Runnable apply(PodGroup pods, Runnable policies) {
		policies.run();
		return () -> {
		};
	}

	/**
	 * Starts something while probes are watched under enforced policies.
	 * @return what ends it
	 */
	default Runnable start(List<PodUnderTest> pods) {
		return () -> {
		};
	}

}

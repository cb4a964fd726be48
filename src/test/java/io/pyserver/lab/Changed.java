package io.pyserver.lab;

import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.experiment.Sabotage;

/**
 * The pods under test are other ones than the shipped.
 *
 * @param change what is other about them
 */
record Changed(Consumer<Pod> change) implements Sabotage {

	@Override
	public void change(Pod pod, Order order) {
		this.change.accept(pod);
	}

}

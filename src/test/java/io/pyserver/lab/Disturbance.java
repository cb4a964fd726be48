package io.pyserver.lab;

import java.util.List;

/** Something done to the cluster while the policies of an experiment are in force. */
@FunctionalInterface
interface Disturbance {

	Disturbance NONE = (_) -> () -> {
	};

	/** Starts it, given the pods under test; closing what is returned ends it. */
	Ongoing start(List<Target> pods);

	/** A disturbance that can be ended. */
	@FunctionalInterface
	interface Ongoing extends AutoCloseable {

		@Override
		void close();

	}

}

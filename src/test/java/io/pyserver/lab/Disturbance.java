package io.pyserver.lab;

/** Something done to one pod while everything is denied. */
@FunctionalInterface
interface Disturbance {

	Disturbance NONE = (_) -> () -> {
	};

	/** Starts it; closing what is returned ends it. */
	Ongoing start(Pod victim);

	/** A disturbance that can be ended. */
	@FunctionalInterface
	interface Ongoing extends AutoCloseable {

		@Override
		void close();

	}

}

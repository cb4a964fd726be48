package io.pyserver.lab.experiment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** One step of an experiment. */
interface Step {

	/** Takes it, or as much of it as is possible. */
	void run();

	/** What was seen of each pod, also where something stopped the step. */
	Map<Probed, ? extends Outcome> seen();

	/** The same of some pods. */
	static <T extends Outcome> Map<Probed, T> ofEach(Collection<Probed> pods, Function<Probed, T> seen) {
		Map<Probed, T> outcomes = new LinkedHashMap<>();
		pods.forEach((pod) -> outcomes.put(pod, seen.apply(pod)));
		return outcomes;
	}

}

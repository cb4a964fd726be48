package io.pyserver.lab.lesson;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import io.pyserver.lab.cluster.Pod;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.controls.Dials;
import io.pyserver.lab.controls.Surroundings;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.lesson.Reachability.Measurement;
import io.pyserver.lab.shipped.Workload;

/**
 * Tries every control for every pod of a workload, all at once, each over a new
 * connection.
 */
record Controls(Surroundings surroundings, Workload workload) {

	/**
	 * Tries them.
	 * @param open which of them are expected to be open
	 */
	Reachability measure(Predicate<Control> open) {
		Map<Target, Pod> pods = new LinkedHashMap<>();
		this.workload.pods()
			.forEach((pod) -> pods.put(new Target(pod.node(), pod.ip(), this.workload.shell(pod)), pod));
		Dials dials = this.surroundings.dials(List.copyOf(pods.keySet()), open);
		List<Callable<List<Measurement>>> attempts = new ArrayList<>();
		attempts.add(() -> dial(dials, pods));
		pods.forEach((from, pod) -> {
			Target to = peer(from, pods);
			dials.add(Control.POD_TO_POD, from, from.shell(), to.url());
			attempts.add(() -> List
				.of(new Measurement(Control.POD_TO_POD_PING, pod.name(), this.workload.pingFrom(pod, to.ip()))));
		});
		return new Reachability(SideBySide.all(attempts).stream().flatMap(List::stream).toList());
	}

	private static List<Measurement> dial(Dials dials, Map<Target, Pod> pods) {
		List<Measurement> measured = new ArrayList<>();
		dials.make()
			.forEach((target, reached) -> reached
				.forEach((control, reach) -> measured.add(new Measurement(control, pods.get(target).name(), reach))));
		return measured;
	}

	private static Target peer(Target target, Map<Target, Pod> pods) {
		return pods.keySet().stream().filter((other) -> !other.equals(target)).findFirst().orElseThrow();
	}

}

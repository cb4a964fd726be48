package io.pyserver.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Reach;

/**
 * Makes many attempts at once, with as few commands as there can be: one for each place,
 * and one for all places that are pods.
 */
final class Dials {

	private final Kubectl kubectl;

	private final Map<Shell, List<Try>> tries = new LinkedHashMap<>();

	Dials(Kubectl kubectl) {
		this.kubectl = kubectl;
	}

	void add(Control control, Target subject, Shell from, String url) {
		this.tries.computeIfAbsent(from, (_) -> new ArrayList<>()).add(new Try(control, subject, url));
	}

	/** How each ended, by the pod that it is about. */
	Map<Target, Map<Control, Reach>> make() {
		List<Dial> dials = this.tries.entrySet()
			.stream()
			.map((place) -> new Dial(place.getKey(), place.getValue().stream().map(Try::url).toList()))
			.toList();
		List<Dial> fromPods = dials.stream().filter((dial) -> dial.place() instanceof PodShell).toList();
		List<Callable<Map<Dial, List<Reach>>>> commands = new ArrayList<>();
		commands.add(() -> fromPods(fromPods));
		dials.stream()
			.filter((dial) -> !(dial.place() instanceof PodShell))
			.forEach((dial) -> commands
				.add(() -> Map.of(dial, dial.read(dial.place().run(dial.command()).stdout().lines()))));
		Map<Target, Map<Control, Reach>> reached = new LinkedHashMap<>();
		SideBySide.all(commands).forEach((ended) -> ended.forEach((dial, reaches) -> {
			List<Try> tried = this.tries.getOrDefault(dial.place(), List.of());
			IntStream.range(0, tried.size())
				.forEach((i) -> reached.computeIfAbsent(tried.get(i).subject(), (_) -> new LinkedHashMap<>())
					.put(tried.get(i).control(), reaches.get(i)));
		}));
		return reached;
	}

	private Map<Dial, List<Reach>> fromPods(List<Dial> dials) {
		List<List<String>> printed = this.kubectl.inPods(dials.stream().map((dial) -> (PodShell) dial.place()).toList(),
				dials.stream().map(Dial::command).toList());
		return IntStream.range(0, dials.size())
			.boxed()
			.collect(Collectors.toMap(dials::get, (i) -> dials.get(i).read(printed.get(i).stream())));
	}

	private record Try(Control control, Target subject, String url) {
	}

}

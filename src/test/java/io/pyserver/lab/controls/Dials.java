package io.pyserver.lab.controls;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Reach;

/** Makes many attempts at once, with one command for each place. */
public final class Dials {

	private final Predicate<Control> open;

	private final Map<Shell, List<Try>> tries = new LinkedHashMap<>();

	/** Of controls of which some are expected to be open. */
	Dials(Predicate<Control> open) {
		this.open = open;
	}

	public void add(Control control, Target subject, Shell from, String url) {
		this.tries.computeIfAbsent(from, (_) -> new ArrayList<>())
			.add(new Try(control, subject, new Dial.Call(url, this.open.test(control))));
	}

	/** How each ended, by the pod that it is about. */
	public Map<Target, Map<Control, Reach>> make() {
		List<Callable<List<Reach>>> dials = this.tries.entrySet()
			.stream()
			.<Callable<List<Reach>>>map((place) -> () -> dial(place.getKey(), place.getValue()))
			.toList();
		Iterator<List<Reach>> ended = SideBySide.all(dials).iterator();
		Map<Target, Map<Control, Reach>> reached = new LinkedHashMap<>();
		this.tries.values().forEach((tried) -> {
			Iterator<Reach> reaches = ended.next().iterator();
			tried.forEach((one) -> reached.computeIfAbsent(one.subject(), (_) -> new LinkedHashMap<>())
				.put(one.control(), reaches.next()));
		});
		return reached;
	}

	private static List<Reach> dial(Shell place, List<Try> tries) {
		Dial dial = new Dial(place, tries.stream().map(Try::call).toList());
		return dial.read(place.run(dial.command()).stdout().lines());
	}

	private record Try(Control control, Target subject, Dial.Call call) {
	}

}

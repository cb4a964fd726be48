package io.pyserver.lab.controls;

import java.util.ArrayList;
import java.util.HashMap;
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
	public Dials(Predicate<Control> open) {
		this.open = open;
	}

	/** Adds an attempt, which is about a pod. */
	public void add(Control control, Target subject, Shell from, String url) {
		this.tries.computeIfAbsent(from, (_) -> new ArrayList<>())
			.add(new Try(control, subject, new Dial.Call(url, this.open.test(control))));
	}

	/** How each ended. A place where no command can be run holds up no other. */
	public Round make() {
		Round round = new Round(new LinkedHashMap<>(), new HashMap<>());
		SideBySide
			.all(this.tries.entrySet()
				.stream()
				.<Callable<Runnable>>map((place) -> () -> dial(place.getKey(), place.getValue(), round))
				.toList())
			.forEach(Runnable::run);
		round.reached().keySet().removeAll(round.failures().keySet());
		return round;
	}

	/** Tries, and then notes in the round how it went. */
	private static Runnable dial(Shell place, List<Try> tries, Round round) {
		Dial dial = new Dial(place, tries.stream().map(Try::call).toList());
		try {
			List<Reach> reaches = dial.read(place.run(dial.command()).stdout().lines());
			return () -> {
				for (int i = 0; i < reaches.size(); i++) {
					round.reached()
						.computeIfAbsent(tries.get(i).subject(), (_) -> new LinkedHashMap<>())
						.put(tries.get(i).control(), reaches.get(i));
				}
			};
		}
		catch (IllegalStateException ex) {
			return () -> tries.forEach((one) -> round.failures().put(one.subject(), String.valueOf(ex.getMessage())));
		}
	}

	/**
	 * How the controls of several pods ended.
	 *
	 * @param reached by the pod that they are about, where all of its controls were tried
	 * @param failures why not all of them could be
	 */
	public record Round(Map<Target, Map<Control, Reach>> reached, Map<Target, String> failures) {
	}

	private record Try(Control control, Target subject, Dial.Call call) {
	}

}

package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Phase;

/** Tries the controls until they show enforcement, for each pod by itself. */
final class Settle implements Step {

	private final Scene scene;

	private final Rounds rounds;

	private final Map<Probed, Course> courses;

	private final Map<Probed, Instant> logged = new HashMap<>();

	private final Map<Probed, Unwell> unwell = new HashMap<>();

	private Instant end = Instant.MAX;

	/** Of pods that run, and what was seen of each before. */
	Settle(Scene scene, List<Course> courses) {
		this.scene = scene;
		this.rounds = scene.rounds();
		this.courses = courses.stream().collect(Collectors.toMap(Course::pod, (course) -> course));
	}

	@Override
	public void run() {
		Map<Probed, String> unsettled = this.rounds.untilAsExpected(Phase.SETTLING, this.courses.keySet(),
				Probed::target);
		this.scene.recorder().readNow();
		this.end = Instant.now();
		this.scene.logs().readAll();
		this.courses.forEach((pod, course) -> {
			switch (unsettled.get(pod)) {
				case null -> this.logged.put(pod, latest(this.scene.logs().whole(pod).latest(), course.createdAt()));
				case "" -> this.unwell.put(pod, Unwell.because("the controls did not show enforcement within %d s"
					.formatted(this.scene.settings().settle().toSeconds())));
				case String failure ->
					this.unwell.put(pod, Unwell.because("the controls could not be tried: " + failure));
			}
		});
	}

	private static Instant latest(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	@Override
	public Map<Probed, Outcome.Settled> seen() {
		return Step.ofEach(this.courses.keySet(), (pod) -> {
			Map<Control, List<Attempt>> attempts = this.rounds.attempts(pod);
			return this.logged.containsKey(pod)
					? new Outcome.Settled(endingInTheWatch(attempts), List.of(new Mark(this.end, What.ENFORCED)),
							this.logged.get(pod), null)
					: new Outcome.Settled(attempts, List.of(), null, this.unwell.get(pod));
		});
	}

	/** The last ones are the first of the watch. */
	private static Map<Control, List<Attempt>> endingInTheWatch(Map<Control, List<Attempt>> attempts) {
		Map<Control, List<Attempt>> all = new EnumMap<>(Control.class);
		attempts.forEach((control, tried) -> {
			Attempt last = tried.getLast();
			all.put(control,
					Stream.concat(tried.stream(), Stream.of(new Attempt(Phase.DURING, last.at(), last.reach())))
						.toList());
		});
		return all;
	}

}

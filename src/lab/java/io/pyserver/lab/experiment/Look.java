package io.pyserver.lab.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Origin;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Reach;

/** A look at the pods of an experiment that is under way. */
public record Look(Scene scene, List<Course> courses) {

	/** How the last attempts of a phase ended, by control and pod. */
	public Map<Control, Map<String, Reach>> seen(Phase phase) {
		Map<Control, Map<String, Reach>> seen = new LinkedHashMap<>();
		for (Course course : this.courses) {
			course.attempts()
				.forEach((control, attempts) -> attempts.stream()
					.filter((attempt) -> attempt.phase() == phase)
					.map(Attempt::reach)
					.reduce((_, latest) -> latest)
					.ifPresent((reach) -> seen.computeIfAbsent(control, (_) -> new LinkedHashMap<>())
						.put(course.pod().name(), reach)));
		}
		return seen;
	}

	/**
	 * What the last attempts of a phase did not show that they had to, a line each. Where
	 * enforcement was never shown, the attempts before that are the last.
	 */
	public List<String> gaps(Phase phase) {
		Map<Control, Map<String, Reach>> seen = (phase == Phase.DURING) ? seen(Phase.SETTLING) : new LinkedHashMap<>();
		seen(phase)
			.forEach((control, pods) -> seen.computeIfAbsent(control, (_) -> new LinkedHashMap<>()).putAll(pods));
		List<String> gaps = new ArrayList<>();
		seen.forEach((control, pods) -> pods.forEach((pod, reach) -> {
			Expectation expected = Expectation.of(control, this.scene.policy(), phase);
			if (!expected.metBy(reach)) {
				gaps.add("%s of %s was %s and had to be %s".formatted(control.label(), pod, reach.label(),
						expected.label()));
			}
		}));
		return seen.isEmpty() ? List.of("no control could be tried") : gaps;
	}

	/** Where each pod's probes of a kind came from, once each pod has seen one. */
	public Map<String, Set<Origin>> awaitProbes(Kind kind) {
		Map<String, Set<Origin>> origins = new LinkedHashMap<>();
		Condition.holdsWithin(this.scene.settings().ready(), () -> {
			this.scene.logs().readAll();
			pods().forEach((pod) -> origins.put(pod.name(),
					this.scene.logs()
						.whole(pod)
						.probes(pod.mechanism(), kind)
						.stream()
						.map((probe) -> Origin.of(probe, this.scene.addresses().of(pod)))
						.collect(Collectors.toSet())));
			return origins.values().stream().noneMatch(Set::isEmpty);
		});
		return origins;
	}

	/**
	 * The page that root gets on each pod's own node, where root can be asked. The
	 * kubelet is root's as well; some engines let no other process of a node through.
	 */
	public Map<String, String> pagesFromOwnNode() {
		Map<String, String> pages = new LinkedHashMap<>();
		pods().filter((pod) -> this.scene.lab().cluster().node(pod.node()).isRoot())
			.forEach((pod) -> pages.put(pod.name(),
					this.scene.lab().cluster().node(pod.node()).page(pod.target().url())));
		return pages;
	}

	private Stream<Probed> pods() {
		return this.courses.stream().map(Course::pod);
	}

}

package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.SeenProbe;
import io.pyserver.lab.evidence.Silence;

/**
 * Makes what probes ask for fail, and looks at what the kubelets make of it: that it is
 * these probes that they act on, and of no other pod. What others suffered is counted at
 * the end, as it may come late; a pod that its node does not find well by then is a
 * finding of its own, and nobody's bystander.
 */
final class Breaking {

	private final Lab lab;

	private final PodGroup group;

	private final List<SubjectPod> subjects;

	private final KubeletEvents before;

	private final Map<String, Integer> outside;

	private final List<Broken> broken = new ArrayList<>();

	/** They could not be broken, which may be because their node restarts them. */
	private final Set<SubjectPod> stumbled = ConcurrentHashMap.newKeySet();

	Breaking(Lab lab, PodGroup group, List<SubjectPod> subjects) {
		this.lab = lab;
		this.group = group;
		this.subjects = subjects;
		this.before = group.events();
		this.outside = lab.surroundings().restarts();
	}

	/**
	 * One half of the pods and then the other one: those that are let alone are the
	 * witnesses. Readiness of a half is put right while liveness of the other one is
	 * broken, and must not make it restart; one half starts again while the other one is
	 * broken, and must not do so twice.
	 * @param kinds what is asked about
	 */
	void run(Set<Kind> kinds) {
		List<SubjectPod> well = this.subjects.stream().filter(SubjectPod::isWell).toList();
		List<SubjectPod> oneHalf = everyOther(well, 1);
		List<SubjectPod> otherHalf = everyOther(well, 0);
		boolean restarts = kinds.contains(Kind.LIVENESS) || kinds.contains(Kind.STARTUP);
		if (kinds.contains(Kind.READINESS)) {
			Broken one = turn(oneHalf, Kind.READINESS);
			mend(one);
			Broken other = turn(otherHalf, Kind.READINESS);
			confirm(one);
			mend(other);
			if (restarts) {
				liveness(oneHalf);
			}
			confirm(other);
		}
		else {
			liveness(oneHalf);
		}
		if (restarts) {
			liveness(otherHalf);
		}
		awaitWell(kinds.contains(Kind.STARTUP));
	}

	private static List<SubjectPod> everyOther(List<SubjectPod> all, int first) {
		return IntStream.iterate(first, (i) -> i < all.size(), (i) -> i + 2).mapToObj(all::get).toList();
	}

	/** Makes liveness fail; the restart puts it right. */
	private void liveness(List<SubjectPod> half) {
		Map<String, Integer> restarts = this.group.restarts();
		Broken broken = turn(half, Kind.LIVENESS);
		broken.noticed((subject, state) -> state.restarts() > restarts.getOrDefault(subject.name, 0))
			.forEach((subject, started) -> {
				broken.followed().add(subject);
				subject.mark(What.RESTARTED, started.since());
				subject.brokenOnPurpose = true;
			});
	}

	/**
	 * Puts readiness right as soon as it was noticed; the other pods have to be ready
	 * then.
	 */
	private void mend(Broken broken) {
		Set<SubjectPod> out = broken.noticed((_, state) -> !state.ready()).keySet();
		Map<String, Pod> pods = this.group.pods();
		this.subjects.stream()
			.filter((subject) -> subject.isWell() && !broken.half().contains(subject))
			.filter((subject) -> !UnderTest.isReady(pods.get(subject.name)))
			.forEach(broken.bystanders()::add);
		each(broken.half(), (subject) -> subject.turn(Kind.READINESS, "correct"));
		broken.followed().addAll(out);
	}

	/** Looks whether pods whose readiness was put right are in service again. */
	private void confirm(Broken broken) {
		broken.followed().retainAll(awaitWell(broken.half(), Limits.ALL.restarted()));
	}

	/**
	 * Waits until all pods are well again; those that started again have shown by then
	 * what their startup probe did.
	 */
	private void awaitWell(boolean restarted) {
		awaitWell(this.subjects, this.lab.settings().ready());
		if (restarted) {
			startup(brokenFor(Kind.LIVENESS));
		}
	}

	/**
	 * Ends it, as late as can be: all pods have to be well once more, and none started
	 * again more often than asked for.
	 */
	void conclude() {
		List<SubjectPod> well = awaitWell(this.subjects, this.lab.settings().ready());
		Map<String, Integer> unasked = unasked(this.group.restarts(),
				brokenFor(Kind.LIVENESS).stream().map((subject) -> subject.name).collect(Collectors.toSet()));
		well.forEach((subject) -> subject.restarts = unasked.getOrDefault(subject.name, 0));
		Set<SubjectPod> hit = new HashSet<>(well);
		hit.removeIf((subject) -> subject.restarts == 0);
		this.broken.forEach((each) -> conclude(each, hit));
	}

	/**
	 * How often each container was started again that was not asked for.
	 * @param restarts how often it was started again at all
	 * @param asked those that had to, once
	 */
	static Map<String, Integer> unasked(Map<String, Integer> restarts, Set<String> asked) {
		Map<String, Integer> unasked = new HashMap<>(restarts);
		asked.forEach((name) -> unasked.computeIfPresent(name, (_, times) -> Math.max(0, times - 1)));
		return unasked;
	}

	private void conclude(Broken each, Set<SubjectPod> restarted) {
		KubeletEvents said = this.group.events().since(this.before).unhealthyOrKilling();
		boolean liveness = each.kind() == Kind.LIVENESS;
		for (SubjectPod subject : each.half()) {
			Stream<String> others = (liveness ? restarted : each.bystanders()).stream()
				.filter((other) -> other != subject && other.problem == null)
				.map((other) -> other.name);
			subject.causality.put(each.kind(),
					new Causality(each.kind().label() + " was broken",
							liveness ? "this container was started again and no other"
									: "the pod was unready until it was put right",
							each.followed().contains(subject),
							Stream.concat(others, liveness ? restartedOutside() : Stream.empty()).sorted().toList(),
							said.of(subject.name).messages()));
		}
	}

	/** What the log of the containers shows that were started again. */
	private void startup(List<SubjectPod> started) {
		Map<String, List<LogLine>> logs = this.group.logs();
		for (SubjectPod subject : started) {
			boolean passed = subject.problem == null && subject.logIn(logs)
				.probes(subject.mechanism, Kind.STARTUP)
				.stream()
				.anyMatch(SeenProbe::answered);
			subject.causality.put(Kind.STARTUP, new Causality("the container was made to start again",
					"its startup probe came, and the pod became ready", passed, List.of(), List.of()));
		}
	}

	private List<SubjectPod> brokenFor(Kind kind) {
		return this.broken.stream()
			.filter((each) -> each.kind() == kind)
			.flatMap((each) -> each.half().stream())
			.toList();
	}

	/** Says which of them are well within the limit; the others are stopped. */
	private List<SubjectPod> awaitWell(List<SubjectPod> subjects, Duration limit) {
		List<SubjectPod> well = new ArrayList<>(subjects);
		well.removeIf((subject) -> !subject.isWell() && !this.stumbled.contains(subject));
		this.lab.readiness(this.group, limit).await(well).forEach((subject, late) -> {
			KubeletEvents said = this.group.events().since(this.before).of(subject.name).unhealthy();
			KubeletEvents silence = said.with((event) -> Silence.isToldBy(event.message()));
			subject.notReady(late, silence, "it was not ready again within %d s".formatted(limit.toSeconds()));
			well.remove(subject);
		});
		return well;
	}

	private Broken turn(List<SubjectPod> subjects, Kind kind) {
		Instant now = Instant.now();
		List<SubjectPod> half = subjects.stream().filter(SubjectPod::isWell).toList();
		each(half, (subject) -> {
			subject.turn(kind, "broken");
			subject.mark(What.BROKEN);
		});
		Broken turned = Broken.of(this.group, kind, now, half.stream().filter(SubjectPod::isWell).toList());
		this.broken.add(turned);
		return turned;
	}

	/** Does it for each; where it cannot be done, that pod alone is stopped. */
	private void each(List<SubjectPod> subjects, Consumer<SubjectPod> action) {
		SideBySide.each(subjects, (subject) -> {
			try {
				action.accept(subject);
			}
			catch (IllegalStateException ex) {
				this.stumbled.add(subject);
				subject.stop(String.valueOf(ex.getMessage()));
			}
		});
	}

	private Stream<String> restartedOutside() {
		return this.lab.surroundings()
			.restarts()
			.entrySet()
			.stream()
			.filter((pod) -> pod.getValue() > this.outside.getOrDefault(pod.getKey(), 0))
			.map(Map.Entry::getKey);
	}

}

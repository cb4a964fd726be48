package io.pyserver.lab.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.SeenProbe;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes what probes ask for fail, and looks at what the kubelets make of it: that it is
 * these probes that they act on.
 */
record Breaking(Lab lab, PodGroup group, List<SubjectPod> subjects) {

	/** Three failed probes, each as late as it may be, and the grace to stop. */
	private static final Duration NOTICED_WITHIN = Duration.ofSeconds(60);

	/** Makes liveness fail; the restart puts it right. */
	void liveness(List<SubjectPod> broken) {
		Map<String, Integer> restarts = this.group.restarts();
		Map<String, Integer> outside = this.lab.surroundings().restarts();
		KubeletEvents before = this.group.events();
		turn(broken, Kind.LIVENESS, "broken");
		Predicate<JsonNode> restarted = (
				pod) -> PodGroup.restarts(pod) > restarts.getOrDefault(pod.at("/metadata/name").asString(), 0);
		boolean followed = noticed(broken, restarted);
		List<String> bystanders = Stream.concat(others(broken, restarted).stream(), restartedOutside(outside)).toList();
		KubeletEvents said = this.group.events().since(before);
		for (SubjectPod subject : broken) {
			if (followed) {
				subject.mark(What.RESTARTED);
				subject.brokenOnPurpose = true;
			}
			subject.causality.put(Kind.LIVENESS, new Causality("liveness was broken",
					"this container was started again and no other", followed, bystanders, said.of(subject.name)));
		}
	}

	/** What the log of the containers shows that were started again. */
	void startupOf(List<SubjectPod> started) {
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

	void turn(List<SubjectPod> subjects, Kind kind, String state) {
		SideBySide.all(subjects.stream().<Callable<@Nullable Void>>map((subject) -> () -> {
			subject.turn(kind, state);
			if (state.equals("broken")) {
				subject.mark(What.BROKEN);
			}
			return null;
		}).toList());
	}

	/** Whether it soon is so for all of them. */
	boolean noticed(List<SubjectPod> subjects, Predicate<JsonNode> condition) {
		return Condition.holdsWithin(NOTICED_WITHIN, () -> {
			Map<String, JsonNode> pods = this.group.recentPods();
			return subjects.stream().map((subject) -> pods.get(subject.name)).allMatch(condition);
		});
	}

	/** For which of the pods that are let alone it is so as well. */
	List<String> others(List<SubjectPod> broken, Predicate<JsonNode> condition) {
		Map<String, JsonNode> pods = this.group.recentPods();
		List<SubjectPod> others = new ArrayList<>(this.subjects);
		others.removeAll(broken);
		return others.stream()
			.filter(SubjectPod::isWell)
			.map((subject) -> subject.name)
			.filter((name) -> condition.test(pods.get(name)))
			.toList();
	}

	private Stream<String> restartedOutside(Map<String, Integer> before) {
		return this.lab.surroundings()
			.restarts()
			.entrySet()
			.stream()
			.filter((pod) -> pod.getValue() > before.getOrDefault(pod.getKey(), 0))
			.map(Map.Entry::getKey);
	}

}

package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Harm.Restart;

/** What the steps of an experiment so far saw of a pod, in their order. */
record Course(Probed pod, List<Outcome> outcomes) {

	Course {
		outcomes = List.copyOf(outcomes);
	}

	Course then(Outcome next) {
		return new Course(this.pod, Stream.concat(this.outcomes.stream(), Stream.of(next)).toList());
	}

	/** Nothing was seen yet that makes more of it pointless. */
	boolean isWell() {
		return unwell() == null && restarts().stream().noneMatch(Restart::byProbe);
	}

	/** Controls can be tried from it and to it. */
	boolean isRunning() {
		Unwell unwell = unwell();
		return !this.pod.ip().isEmpty() && (isWell() || (unwell != null && unwell.listens()));
	}

	@Nullable Unwell unwell() {
		return each(Outcome::unwell).reduce(Unwell::then).orElse(null);
	}

	@Nullable String problem() {
		Unwell unwell = unwell();
		return (unwell != null) ? unwell.problem() : null;
	}

	/** Those of its container with nothing broken on purpose. */
	List<Restart> restarts() {
		return last(Outcome.Released.class).map(Outcome.Released::restarts)
			.or(() -> last(Outcome.Watched.class).map(Outcome.Watched::restarts))
			.orElse(List.of());
	}

	/** Its container is not the first one, whoever asked for that. */
	boolean wasStartedAgain() {
		return !restarts().isEmpty() || at(Mark.What.RESTARTED) != null;
	}

	@Nullable Causality causality(Kind kind) {
		return each((outcome) -> outcome.causality().get(kind)).reduce((_, latest) -> latest).orElse(null);
	}

	Map<Control, List<Attempt>> attempts() {
		Map<Control, List<Attempt>> attempts = new EnumMap<>(Control.class);
		this.outcomes.forEach((outcome) -> outcome.attempts()
			.forEach((control, tried) -> attempts.computeIfAbsent(control, (_) -> new ArrayList<>()).addAll(tried)));
		return attempts;
	}

	List<Mark> marks() {
		return this.outcomes.stream().flatMap((outcome) -> outcome.marks().stream()).toList();
	}

	/** As it was when it was waited for, or null where there was none. */
	@Nullable Pod started() {
		return last(Outcome.Started.class).map(Outcome.Started::pod).orElse(null);
	}

	Instant createdAt() {
		return last(Outcome.Started.class).map(Outcome.Started::createdAt).orElse(Instant.MIN);
	}

	/** When something first happened to it, by the lab's clock, or null if it did not. */
	@Nullable Instant at(Mark.What what) {
		return marks().stream().filter((mark) -> mark.what() == what).map(Mark::at).findFirst().orElse(null);
	}

	/** What an outcome of a type is, if the experiment got that far. */
	<T extends Outcome> Optional<T> last(Class<T> type) {
		return this.outcomes.stream().filter(type::isInstance).map(type::cast).reduce((_, latest) -> latest);
	}

	private <T> Stream<T> each(Function<Outcome, @Nullable T> part) {
		return this.outcomes.stream().<T>mapMulti((outcome, parts) -> {
			T value = part.apply(outcome);
			if (value != null) {
				parts.accept(value);
			}
		});
	}

}

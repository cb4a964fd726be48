package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Reach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What is seen while nothing is broken. */
class WatchTest {

	private static final String PROBE = """
			%s {"httpRequest": {"requestMethod": "GET", "requestUrl": "/", "status": 200, "remoteIp": "10.42.0.1"}, \
			"logging.googleapis.com/labels": {"caller": "node", "probe": "%s"}}
			""";

	private static final String HISTORY = "{\"kinds\": {\"startup\": {\"count\": 0}, \"liveness\": {\"count\": 2}, \"readiness\": {\"count\": 2}}}";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final Instant enforced = Instant.now();

	private Probed pod;

	@BeforeEach
	void start() {
		this.pod = this.lab.probed("a", Map.of());
		this.lab.cluster().shells().put("a", (_) -> new Output(0, HISTORY, ""));
		this.lab.curlEndsWith(28);
		this.lab.pods()
			.print("a",
					Stream.of(1, 9)
						.flatMap((second) -> Stream.of(Kind.LIVENESS, Kind.READINESS)
							.map((kind) -> PROBE.formatted(this.enforced.plusSeconds(second), kind.label())))
						.collect(Collectors.joining()));
	}

	@Test
	void logAndHistoryAreCountedWhereProbesKeepArriving() {
		Outcome.Watched watched = watchWhile(() -> {
		});

		assertThat(watched.counted()).isEqualTo(
				new Counted(this.enforced.plusSeconds(9), Map.of(Kind.STARTUP, 0, Kind.LIVENESS, 2, Kind.READINESS, 2),
						Map.of(Kind.STARTUP, 0, Kind.LIVENESS, 2, Kind.READINESS, 2)));
		assertThat(watched.attempts().get(Control.POD_TO_POD)).singleElement()
			.returns(Phase.DURING, Attempt::phase)
			.returns(Reach.TIMED_OUT, Attempt::reach);
		assertThat(new Course(this.pod, List.of(watched))).matches(Course::isWell)
			.returns(new Harm(0, List.of()), (course) -> course.harm(Kind.LIVENESS));
	}

	@Test
	void whatTheKubeletSaidMeanwhileIsHeldAgainstItsKind() {
		Outcome.Watched watched = watchWhile(
				() -> this.lab.pods().complain("a", "Readiness probe failed: context deadline exceeded", 1));

		assertThat(watched.said().get(Kind.READINESS).messages())
			.containsExactly("Readiness probe failed: context deadline exceeded");
		assertThat(watched.said().get(Kind.LIVENESS).messages()).isEmpty();
	}

	@Test
	void aRestartIsCounted() {
		Outcome.Watched watched = watchWhile(() -> this.lab.pods().become("a", true, 1));

		assertThat(new Course(this.pod, List.of(watched))).returns(1, Course::restarts)
			.returns(false, Course::isWell)
			.matches(Course::wasStartedAgain);
	}

	@Test
	void whatWasSeenIsKeptWhereTheWatchIsStopped() {
		Watch watch = watch(new Sabotage() {

			@Override
			public Map<Kind, Integer> history(Map<Kind, Integer> counts) {
				throw new IllegalStateException("no answer");
			}

		});

		assertThatIllegalStateException().isThrownBy(watch::run).withMessage("no answer");
		assertThat(watch.seen().get(this.pod)).returns(null, Outcome.Watched::counted)
			.satisfies((watched) -> assertThat(watched.attempts()).containsKey(Control.POD_TO_POD));
	}

	private Outcome.Watched watchWhile(Runnable something) {
		Watch watch = watch(new Sabotage() {

			@Override
			public Ongoing start(List<Target> pods) {
				something.run();
				return () -> {
				};
			}

		});
		watch.run();
		return watch.seen().get(this.pod);
	}

	private Watch watch(Sabotage sabotage) {
		return new Watch(this.lab.scene(Order.POD_FIRST, sabotage), KubeletEvents.NONE,
				Map.of(this.pod, this.enforced));
	}

}

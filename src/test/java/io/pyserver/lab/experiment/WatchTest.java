package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.Harm.Restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What is seen while nothing is broken. */
@Execution(ExecutionMode.CONCURRENT)
class WatchTest {

	private static final String LOG = """
			2026-11-25T12:00:09Z {"httpRequest": {"requestMethod": "GET", "requestUrl": "/", "status": 200, "remoteIp": "10.42.0.1"}, \
			"logging.googleapis.com/labels": {"caller": "node", "probe": "liveness"}}
			""";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private Probed pod;

	private Scene scene;

	@BeforeEach
	void start() {
		this.pod = this.lab.probed("a", Map.of());
		this.lab.curlEndsWith(28);
		this.lab.pods().print("a", LOG);
		this.lab.pods().countEachSecond("a", Kind.LIVENESS, "successful");
		this.lab.pods().countEachSecond("a", Kind.READINESS, "successful");
	}

	@Test
	void aPodWhoseProbesSucceedToTheEndIsWell() {
		Outcome.Watched watched = watchWhile(() -> {
		});

		assertThat(watched.logged()).isEqualTo("2026-11-25T12:00:09Z");
		assertThat(watched.attempts().get(Control.POD_TO_POD)).singleElement()
			.returns(Phase.DURING, Attempt::phase)
			.returns(Reach.TIMED_OUT, Attempt::reach);
		assertThat(new Course(this.pod, List.of(watched))).matches(Course::isWell);
	}

	@Test
	void itLastsUntilTheEndOfTheWatchIsCounted() {
		Instant start = Instant.now();
		watchWhile(() -> {
		});

		assertThat(this.scene.recorder().since(this.pod, Kind.LIVENESS, start.plusSeconds(4)).successful())
			.isPositive();
	}

	@Test
	void aPodWhoseProbesFailIsStopped() {
		Outcome.Watched watched = watchWhile(() -> this.lab.pods().countEachSecond("a", Kind.READINESS, "failed"));

		assertThat(watched.unwell()).returns("its probes failed with nothing broken on purpose", Unwell::problem);
	}

	@Test
	void aRestartForFailedProbesIsToldFromOthers() {
		Outcome.Watched watched = watchWhile(() -> {
			this.lab.pods().count("a", Kind.LIVENESS, "failed", 3);
			this.scene.recorder().readNow();
			this.lab.pods().become("a", true, 1);
		});

		assertThat(new Course(this.pod, List.of(watched))).returns(false, Course::isWell)
			.matches(Course::wasStartedAgain)
			.satisfies((course) -> assertThat(course.restarts()).extracting(Restart::byProbe).containsExactly(true));
	}

	@Test
	void aContainerThatTheKernelEndedDoesNotStopThePod() {
		Outcome.Watched watched = watchWhile(() -> this.lab.pods().restartAfter("a", "OOMKilled", 1));

		assertThat(watched.restarts()).extracting(Restart::byProbe, Restart::reason)
			.containsExactly(tuple(false, "OOMKilled, exit code 137"));
		assertThat(new Course(this.pod, List.of(watched))).matches(Course::isWell);
	}

	private Outcome.Watched watchWhile(Runnable something) {
		this.scene = this.lab.scene(Order.POD_FIRST, new Sabotage() {
			@Override
			public Ongoing start(List<Target> pods) {
				something.run();
				return () -> {
				};
			}
		}, this.pod);
		Watch watch = new Watch(this.scene, Map.of(this.pod, Instant.now()), Instant.EPOCH);
		watch.run();
		return watch.seen().get(this.pod);
	}

}

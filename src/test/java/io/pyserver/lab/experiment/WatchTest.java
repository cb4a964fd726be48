package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What is observed while nothing is broken. */
@Execution(ExecutionMode.CONCURRENT)
class WatchTest {

	private static final String LOG = """
			2099-11-25T12:00:09Z {"httpRequest": {"requestMethod": "GET", "requestUrl": "/", "status": 200, "remoteIp": "10.42.0.1"}, \
			"logging.googleapis.com/labels": {"caller": "node", "probe": "liveness"}}
			""";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final PodUnderTest pod = this.lab.pod("a");

	private Experiment experiment;

	@BeforeEach
	void start() {
		this.lab.curlEndsWith(28);
		this.lab.pods().print("a", LOG);
		this.lab.pods().countEachSecond("a", Kind.LIVENESS, "successful");
		this.lab.pods().countEachSecond("a", Kind.READINESS, "successful");
	}

	@Test
	void aPodWhoseProbesSucceedToTheEndIsWell() {
		Instant start = Instant.now();
		assertThat(watchWhile(() -> {
		}).probes().until()).isEqualTo("2099-11-25T12:00:09Z");
		assertThat(this.pod.seen().isWell()).as("whether it is well").isTrue();
		assertThat(this.pod.probes(Kind.LIVENESS).since(start.plusSeconds(4)).successful())
			.as("liveness probes that succeeded after the 4 s of the watch")
			.isPositive();
	}

	@Test
	void aPodWhoseProbesFailIsStopped() {
		assertThat(watchWhile(() -> this.lab.pods().countEachSecond("a", Kind.READINESS, "failed")).problem())
			.isEqualTo("its probes failed with nothing broken on purpose");
	}

	@Test
	void aPodWhoseControlsCannotBeTriedIsStopped() {
		assertThat(watchWhile(() -> this.lab.cluster().shells().remove("companion")).problem())
			.isEqualTo("the controls could not be tried while probes were watched");
	}

	@Test
	void aRestartForFailedProbesIsToldFromOthers() {
		Observation observation = watchWhile(() -> {
			this.lab.pods().count("a", Kind.LIVENESS, "failed", 3);
			this.experiment.setup().recorder().readNow();
			this.lab.pods().become("a", true, 1);
		});
		assertThat(observation.harm().restarts()).extracting(Restart::byProbe).containsExactly(true);
		assertThat(this.pod.seen()).returns(false, ObservationBuilder::isWell)
			.matches(ObservationBuilder::wasRestarted);
	}

	@Test
	void aContainerThatTheKernelEndedDoesNotStopThePod() {
		Observation observation = watchWhile(() -> this.lab.pods().restartAfter("a", "OOMKilled", 1));
		assertThat(observation.harm().restarts()).extracting(Restart::byProbe, Restart::reason)
			.containsExactly(tuple(false, "OOMKilled, exit code 137"));
		assertThat(this.pod.seen().isWell()).as("whether it is well").isTrue();
	}

	private Observation watchWhile(Runnable something) {
		this.experiment = this.lab.experiment("deny-both/httpGet/liveness/pod-first", new Sabotage() {

			@Override
			public Runnable start(List<PodUnderTest> pods) {
				something.run();
				return () -> {
				};
			}

		}, this.pod);
		this.pod.seen().enforced(Instant.now());
		this.experiment.watch();
		return this.experiment.observations().getFirst();
	}

}

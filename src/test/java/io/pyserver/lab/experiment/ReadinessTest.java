package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Order;

import static org.assertj.core.api.Assertions.assertThat;

/** Which pods are waited for, and how long. */
@Execution(ExecutionMode.CONCURRENT)
class ReadinessTest {

	private static final String LISTENS = "2026-11-25T12:00:00Z {\"message\": \"Started PyserverApplication in 1 s\"}\n";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private Probed pod;

	@BeforeEach
	void start() {
		this.pod = this.lab.probed("a", Map.of());
		this.lab.pods().print("a", LISTENS);
	}

	@Test
	void aPodThatIsReadyIsNotLate() {
		assertThat(await(Duration.ofSeconds(1))).isNull();
	}

	/** Well before the limit. */
	@Test
	void aPodThatListensAndWhoseProbesFailIsGivenUp() {
		this.lab.pods().become("a", false, 0);
		this.lab.pods().complain("a", "Startup probe failed: i/o timeout", 3);
		this.lab.pods().countEachSecond("a", Kind.STARTUP, "failed");

		assertThat(await(Duration.ofMinutes(5))).matches(Readiness.NotReady::listens)
			.extracting(Readiness.NotReady::unready)
			.satisfies((unready) -> {
				assertThat(unready.kind()).isEqualTo(Kind.STARTUP);
				assertThat(unready.failed()).isGreaterThanOrEqualTo(3);
			});
	}

	/** Late as they may be. */
	@Test
	void aPodWhoseProbesGetThroughIsWaitedForUntilTheLimit() {
		this.lab.pods().become("a", false, 0);
		this.lab.pods().countEachSecond("a", Kind.STARTUP, "failed");
		this.lab.pods().countEachSecond("a", Kind.STARTUP, "successful");

		assertThat(await(Duration.ofSeconds(6))).returns(true, Readiness.NotReady::listens)
			.returns(null, Readiness.NotReady::unready);
	}

	@Test
	void aPodThatDoesNotRunIsWaitedForUntilTheLimit() {
		this.lab.pods().waitFor("a", "CrashLoopBackOff", "back-off");

		assertThat(await(Duration.ofSeconds(1))).returns(false, Readiness.NotReady::listens);
	}

	private Readiness.NotReady await(Duration limit) {
		ProbeRecorder recorder = this.lab.scene(Order.POD_FIRST, this.pod).recorder();
		return new Readiness(this.lab.group(), recorder, limit, Duration.ZERO).await(List.of(this.pod)).get(this.pod);
	}

}

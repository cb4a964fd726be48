package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.controls.Round.Endpoint;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.ControlEvidence.Phase;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.ControlEvidence.Reach;
import io.pyserver.lab.evidence.Selection;

import static org.assertj.core.api.Assertions.assertThat;

/** How long connections are tried, and what is noted of them. */
class ControlsTest {

	private static final Shell NO_WAY_IN = (_) -> {
		throw new IllegalStateException("there is no such pod");
	};

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final PodUnderTest pod = pod("a");

	@Test
	void theyAreTriedUntilAllAreAsTheyHaveToBe() {
		AtomicInteger tried = new AtomicInteger();

		assertThat(settle(Map.of(this.pod, (_) -> curl((tried.incrementAndGet() < 3) ? 0 : 28)))).isEmpty();
		assertThat(reaches(this.pod)).containsExactly(Reach.REACHED, Reach.REACHED, Reach.TIMED_OUT);
	}

	@Test
	void aPodThatNobodyGetsIntoHoldsUpNoOther() {
		PodUnderTest other = pod("b");

		assertThat(settle(Map.of(this.pod, (_) -> curl(7), other, NO_WAY_IN)))
			.isEqualTo(Map.of(other, "there is no such pod"));
		assertThat(reaches(this.pod)).containsExactly(Reach.REFUSED);
	}

	private Map<PodUnderTest, String> settle(Map<PodUnderTest, Shell> companions) {
		return new Controls(FakeLab::podToPod, Duration.ofSeconds(1), Policy.DENY_BOTH, Order.POLICY_FIRST)
			.untilAsExpected(Phase.SETTLING, companions.keySet(),
					(pod) -> new Endpoint("one", "10.42.0.9", NO_WAY_IN, companions.get(pod)));
	}

	/** The only attempt ends so. */
	private static Output curl(int exitCode) {
		return new Output(0, "0 curl " + exitCode + " said", "");
	}

	private static List<Reach> reaches(PodUnderTest pod) {
		return pod.seen()
			.observation(Selection.of("deny-both/httpGet/liveness/policy-first").cells().getFirst(), Duration.ZERO,
					null)
			.controls()
			.stream()
			.flatMap((control) -> control.attempts().stream())
			.map(Attempt::reach)
			.toList();
	}

	private PodUnderTest pod(String name) {
		return new PodUnderTest(this.lab.group(), name, "one", Mechanism.HTTP_GET, NO_WAY_IN);
	}

}

package io.pyserver.lab.experiment;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Reach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long connections are tried, and what is noted of them. */
class RoundsTest {

	private static final Shell NO_WAY_IN = (_) -> {
		throw new IllegalStateException("there is no such pod");
	};

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private Rounds rounds;

	private Probed pod;

	@BeforeEach
	void start() {
		this.rounds = this.lab.scene(Order.POLICY_FIRST).rounds();
		this.pod = pod("a");
	}

	@Test
	void theyAreTriedUntilAllAreAsTheyHaveToBe() {
		AtomicInteger tried = new AtomicInteger();

		assertThat(settle(Map.of(this.pod, (_) -> curl((tried.incrementAndGet() < 3) ? 0 : 28)))).isEmpty();
		assertThat(reaches(this.pod)).containsExactly(Reach.REACHED, Reach.REACHED, Reach.TIMED_OUT);
	}

	@Test
	void aPodThatNobodyGetsIntoHoldsUpNoOther() {
		Probed other = pod("b");

		assertThat(settle(Map.of(this.pod, (_) -> curl(7), other, NO_WAY_IN)))
			.isEqualTo(Map.of(other, "there is no such pod"));
		assertThat(reaches(this.pod)).containsExactly(Reach.REFUSED);
	}

	private Map<Probed, String> settle(Map<Probed, Shell> companions) {
		return this.rounds.untilAsExpected(Phase.SETTLING, List.copyOf(companions.keySet()),
				(pod) -> new Target("one", "10.42.0.9", NO_WAY_IN, companions.get(pod)));
	}

	/** The only attempt ends so. */
	private static Output curl(int exitCode) {
		return new Output(0, "0 curl " + exitCode + " said", "");
	}

	private List<Reach> reaches(Probed pod) {
		return this.rounds.attempts(pod).get(Control.POD_TO_POD).stream().map(Attempt::reach).toList();
	}

	private Probed pod(String name) {
		return new Probed(this.lab.group(), name, "one", Mechanism.HTTP_GET, NO_WAY_IN);
	}

}

package io.pyserver.lab.experiment;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Observation.Causality;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark;
import io.pyserver.lab.evidence.Observation.Mark.What;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is seen to suffer from what was broken, also where that is later. */
class BreakingTest {

	private static final String BREAK = "{\"state\":\"broken\"}";

	private static final String MEND = "{\"state\":\"correct\"}";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private Experiment experiment;

	@BeforeEach
	void start() {
		this.lab.cluster().createNode("one", "172.18.0.2");
		this.lab.curlEndsWith(0);
	}

	@Test
	void eachContainerThatWasBrokenStartsAgainAndNoOther() {
		PodUnderTest one = restarting("one", 1);
		PodUnderTest other = restarting("other", 1);

		assertThat(breakOnPurpose(Kind.LIVENESS, one, other)).allSatisfy((causality) -> {
			assertThat(causality.followed()).as(causality.broken()).isTrue();
			assertThat(causality.bystanders()).as(causality.broken()).isEmpty();
		});
		assertThat(this.experiment.observations().getFirst().marks())
			.contains(new Mark(this.lab.group().states("one").getLast().since(), What.RESTARTED));
	}

	@Test
	void theProbeOfAContainerThatStartsAgainIsCounted() {
		PodUnderTest one = this.lab.pod("one", Map.of(BREAK, () -> {
			restart("one", 1);
			this.lab.pods().count("one", Kind.STARTUP, "successful", 1);
		}));
		PodUnderTest other = restarting("other", 1);

		assertThat(breakOnPurpose(Kind.STARTUP, one, other)).extracting(Causality::followed)
			.containsExactly(true, false);
	}

	@Test
	void aBystanderThatStartsAgainIsNamed() {
		PodUnderTest one = restarting("one", 2);
		PodUnderTest other = this.lab.pod("other", Map.of(BREAK, () -> {
			restart("other", 1);
			restart("one", 1);
		}));

		assertThat(breakOnPurpose(Kind.LIVENESS, one, other).getLast().bystanders()).containsExactly("one");
	}

	@Test
	void aPodThatTheKernelEndedIsNoBystander() {
		PodUnderTest one = restarting("one", 2);
		PodUnderTest other = this.lab.pod("other", Map.of(BREAK, () -> {
			restart("other", 1);
			this.lab.pods().restartAfter("one", "OOMKilled", 1);
		}));

		assertThat(breakOnPurpose(Kind.LIVENESS, one, other).getLast().bystanders()).isEmpty();
	}

	@Test
	void aPodIsUnreadyUntilItIsPutRight() {
		PodUnderTest one = unready("one");
		PodUnderTest other = unready("other");

		assertThat(breakOnPurpose(Kind.READINESS, one, other)).allSatisfy((causality) -> {
			assertThat(causality.followed()).as(causality.broken()).isTrue();
			assertThat(causality.bystanders()).as(causality.broken()).isEmpty();
		});
	}

	@Test
	void whatWasOverBeforeAnybodyLookedIsNoticed() {
		PodUnderTest one = this.lab.pod("one", Map.of(BREAK, () -> {
			become("one", false);
			become("one", true);
		}));

		assertThat(breakOnPurpose(Kind.READINESS, one)).allMatch(Causality::followed);
	}

	@Test
	void aWitnessThatIsUnreadyAsWellIsNamed() {
		PodUnderTest one = unready("one");
		PodUnderTest other = this.lab.pod("other", Map.of(BREAK, () -> {
			become("other", false);
			become("one", false);
		}, MEND, () -> {
			become("other", true);
			become("one", true);
		}));

		assertThat(breakOnPurpose(Kind.READINESS, one, other).getLast().bystanders()).containsExactly("one");
	}

	@Test
	void aPodThatNobodyGetsIntoIsStoppedAlone() {
		PodUnderTest one = restarting("one", 1);
		PodUnderTest other = restarting("other", 1);
		this.lab.cluster().shells().remove("one");

		assertThat(breakOnPurpose(Kind.LIVENESS, one, other).getLast().followed()).as("liveness of other").isTrue();
		assertThat(problem(0)).isEqualTo("there is no way into pod one");
	}

	/** It is a witness when it goes. */
	@Test
	void aPodThatIsGoneIsNamedAndHoldsUpNoOther() {
		PodUnderTest gone = this.lab.pod("gone");
		PodUnderTest other = this.lab.pod("other", Map.of(BREAK, () -> {
			become("other", false);
			this.lab.pods().delete("gone");
		}, MEND, () -> become("other", true)));

		assertThat(breakOnPurpose(Kind.READINESS, gone, other).getLast().followed()).as("readiness of other").isTrue();
		assertThat(problem(0)).isEqualTo("pod gone is gone");
	}

	private List<Causality> breakOnPurpose(Kind kind, PodUnderTest... pods) {
		this.experiment = this.lab.experiment("deny-both/httpGet/pod-first/" + kind.label(), pods);
		this.experiment.breakOnPurpose();
		this.experiment.removePolicies();
		return this.experiment.observations().stream().map(Observation::causality).toList();
	}

	private String problem(int pod) {
		return this.experiment.observations().get(pod).problem();
	}

	private PodUnderTest restarting(String name, int restarts) {
		return this.lab.pod(name, Map.of(BREAK, () -> restart(name, restarts)));
	}

	private PodUnderTest unready(String name) {
		return this.lab.pod(name, Map.of(BREAK, () -> become(name, false), MEND, () -> become(name, true)));
	}

	/** Its kubelet has counted three failed probes before each restart. */
	private void restart(String name, int restarts) {
		this.lab.pods().count(name, Kind.LIVENESS, "failed", 3L * restarts);
		this.experiment.setup().recorder().readNow();
		this.lab.pods().become(name, true, restarts);
	}

	private void become(String name, boolean ready) {
		this.lab.pods().become(name, ready, 0);
	}

}

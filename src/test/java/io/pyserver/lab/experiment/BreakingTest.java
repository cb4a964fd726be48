package io.pyserver.lab.experiment;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import io.pyserver.lab.cluster.FakePods;
import io.pyserver.lab.evidence.Observation.Causality;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What follows when probes are broken on purpose, and which other pods are affected. The
 * probes of "other" are broken before those of "one".
 */
@Execution(ExecutionMode.CONCURRENT)
class BreakingTest {

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private Experiment experiment;

	@BeforeEach
	void start() {
		this.lab.curlEndsWith(0);
	}

	@Test
	void onlyContainersWhoseLivenessWasBrokenRestart() {
		assertThat(breakOnPurpose(Kind.LIVENESS, restarting("one", 1), restarting("other", 1)))
			.extracting(Causality::followed, Causality::bystanders)
			.containsOnly(tuple(true, List.of()));
		assertThat(this.experiment.observations().getFirst().marks())
			.contains(new Mark(this.lab.group().states("one").getLast().since(), What.RESTARTED));
	}

	@Test
	void theStartupProbeOfAContainerThatRestartsIsCounted() {
		PodUnderTest one = this.lab.pod("one", Map.of(FakeLab.BREAK, () -> {
			restart("one", 1);
			this.lab.pods().count("one", Kind.STARTUP, "successful", 1);
		}));
		assertThat(breakOnPurpose(Kind.STARTUP, one, restarting("other", 1))).extracting(Causality::followed)
			.containsExactly(true, false);
	}

	@Test
	void aBystanderThatRestartsIsNamed() {
		PodUnderTest one = restarting("one", 2);
		PodUnderTest other = this.lab.pod("other", Map.of(FakeLab.BREAK, () -> {
			restart("other", 1);
			restart("one", 1);
		}));
		assertThat(breakOnPurpose(Kind.LIVENESS, one, other).getLast().bystanders()).containsExactly("one");
	}

	@Test
	void aPodOfTheSurroundingsThatRestartsIsNamed() {
		FakePods outside = this.lab.cluster().pods("outside");
		outside.create("outsider");
		outside.create("unaffected");
		PodUnderTest one = this.lab.pod("one", Map.of(FakeLab.BREAK, () -> {
			restart("one", 1);
			outside.become("outsider", true, 1);
		}));
		assertThat(breakOnPurpose(Kind.LIVENESS, one).getLast().bystanders()).containsExactly("outsider");
	}

	@Test
	void aPodWhoseContainerTheKernelKilledIsNoBystander() {
		PodUnderTest one = restarting("one", 2);
		PodUnderTest other = this.lab.pod("other", Map.of(FakeLab.BREAK, () -> {
			restart("other", 1);
			this.lab.pods().restartAfter("one", "OOMKilled", 1);
		}));
		assertThat(breakOnPurpose(Kind.LIVENESS, one, other).getLast().bystanders()).isEmpty();
	}

	@Test
	void aPodIsUnreadyUntilItsProbeIsRepaired() {
		assertThat(breakOnPurpose(Kind.READINESS, unready("one"), unready("other")))
			.extracting(Causality::followed, Causality::bystanders)
			.containsOnly(tuple(true, List.of()));
	}

	@Test
	void anEffectThatIsOverBeforeTheLabLooksIsNoticed() {
		PodUnderTest one = this.lab.pod("one", Map.of(FakeLab.BREAK, () -> {
			become("one", false);
			become("one", true);
		}));
		assertThat(breakOnPurpose(Kind.READINESS, one)).allMatch(Causality::followed);
	}

	@Test
	void aBystanderThatIsUnreadyIsNamed() {
		PodUnderTest one = unready("one");
		PodUnderTest other = this.lab.pod("other", Map.of(FakeLab.BREAK, () -> {
			become("other", false);
			become("one", false);
		}, FakeLab.REPAIR, () -> {
			become("other", true);
			become("one", true);
		}));
		assertThat(breakOnPurpose(Kind.READINESS, one, other).getLast().bystanders()).containsExactly("one");
	}

	@Test
	void onlyThePodInWhichNoCommandCanRunIsGivenUp() {
		PodUnderTest one = restarting("one", 1);
		PodUnderTest other = restarting("other", 1);
		this.lab.cluster().shells().remove("one");
		assertThat(breakOnPurpose(Kind.LIVENESS, one, other).getLast().followed()).as("liveness of other").isTrue();
		assertThat(this.experiment.observations().getFirst().problem()).isEqualTo("no command can be run in pod one");
	}

	@Test
	void onlyThePodThatIsGoneIsGivenUp() {
		PodUnderTest gone = this.lab.pod("gone");
		PodUnderTest other = this.lab.pod("other", Map.of(FakeLab.BREAK, () -> {
			become("other", false);
			this.lab.pods().delete("gone");
		}, FakeLab.REPAIR, () -> become("other", true)));
		assertThat(breakOnPurpose(Kind.READINESS, gone, other).getLast().followed()).as("readiness of other").isTrue();
		assertThat(this.experiment.observations().getFirst().problem()).isEqualTo("pod gone is gone");
	}

	private List<Causality> breakOnPurpose(Kind kind, PodUnderTest... pods) {
		this.experiment = this.lab.experiment("deny-both/httpGet/pod-first/" + kind.label(), Sabotage.NONE, pods);
		this.experiment.breakOnPurpose();
		this.experiment.removePolicies();
		return this.experiment.observations().stream().map(Observation::causality).toList();
	}

	private PodUnderTest restarting(String name, int restarts) {
		return this.lab.pod(name, Map.of(FakeLab.BREAK, () -> restart(name, restarts)));
	}

	private PodUnderTest unready(String name) {
		return this.lab.pod(name,
				Map.of(FakeLab.BREAK, () -> become(name, false), FakeLab.REPAIR, () -> become(name, true)));
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

package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Order;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is seen to suffer from what was broken, also where that is later. */
class BreakingTest {

	private static final String BREAK = "{\"state\":\"broken\"}";

	private static final String MEND = "{\"state\":\"correct\"}";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private Scene scene;

	private Breaking breaking;

	@Test
	void eachContainerThatWasBrokenStartsAgainAndNoOther() {
		Probed one = this.lab.probed("one", Map.of(BREAK, () -> restart("one", 1)));
		Probed other = this.lab.probed("other", Map.of(BREAK, () -> restart("other", 1)));

		assertThat(breakOnPurpose(Kind.LIVENESS, one, other)).allSatisfy((causality) -> {
			assertThat(causality.followed()).isTrue();
			assertThat(causality.bystanders()).isEmpty();
		});
	}

	@Test
	void aBystanderThatStartsAgainIsNamed() {
		Probed one = this.lab.probed("one", Map.of(BREAK, () -> restart("one", 2)));
		Probed other = this.lab.probed("other", Map.of(BREAK, () -> {
			restart("other", 1);
			restart("one", 1);
		}));

		assertThat(breakOnPurpose(Kind.LIVENESS, one, other).getLast().bystanders()).containsExactly("one");
	}

	@Test
	void aPodThatTheKernelEndedIsNoBystander() {
		Probed one = this.lab.probed("one", Map.of(BREAK, () -> restart("one", 2)));
		Probed other = this.lab.probed("other", Map.of(BREAK, () -> {
			restart("other", 1);
			this.lab.pods().restartAfter("one", "OOMKilled", 1);
		}));

		assertThat(breakOnPurpose(Kind.LIVENESS, one, other).getLast().bystanders()).isEmpty();
	}

	@Test
	void aPodIsUnreadyUntilItIsPutRight() {
		Probed one = this.lab.probed("one", Map.of(BREAK, () -> become("one", false), MEND, () -> become("one", true)));
		Probed other = this.lab.probed("other",
				Map.of(BREAK, () -> become("other", false), MEND, () -> become("other", true)));

		assertThat(breakOnPurpose(Kind.READINESS, one, other)).allMatch(Causality::followed);
	}

	@Test
	void aPodThatNobodyGetsIntoIsStoppedAlone() {
		Probed one = this.lab.probed("one", Map.of(BREAK, () -> restart("one", 1)));
		Probed other = this.lab.probed("other", Map.of(BREAK, () -> restart("other", 1)));
		this.lab.cluster().shells().remove("one");

		assertThat(breakOnPurpose(Kind.LIVENESS, one, other).getLast().followed()).isTrue();
		assertThat(problem(one)).isEqualTo("there is no way into pod one");
	}

	/** It is a witness when it goes. */
	@Test
	void aPodThatIsGoneIsNamedAndHoldsUpNoOther() {
		Probed gone = this.lab.probed("gone", Map.of());
		Probed other = this.lab.probed("other", Map.of(BREAK, () -> {
			become("other", false);
			this.lab.pods().delete("gone");
		}, MEND, () -> become("other", true)));

		assertThat(breakOnPurpose(Kind.READINESS, gone, other).getLast()).matches(Causality::followed);
		assertThat(problem(gone)).isEqualTo("pod gone is gone");
	}

	private List<Causality> breakOnPurpose(Kind kind, Probed... pods) {
		this.scene = this.lab.scene(Order.POD_FIRST, pods);
		this.breaking = new Breaking(this.scene, List.of(pods), Set.of(kind), Instant.EPOCH);
		this.breaking.run();
		Map<Probed, Release.Concluded> concluded = this.breaking
			.conclude(Stream.of(pods).filter((pod) -> problem(pod) == null).toList());
		return Stream.of(pods).map((pod) -> concluded.get(pod).causality().get(kind)).toList();
	}

	private @Nullable String problem(Probed pod) {
		Unwell unwell = this.breaking.seen().get(pod).unwell();
		return (unwell != null) ? unwell.problem() : null;
	}

	/** Its kubelet has counted three failed probes before each restart. */
	private void restart(String name, int restarts) {
		this.lab.pods().count(name, Kind.LIVENESS, "failed", 3L * restarts);
		this.scene.recorder().readNow();
		this.lab.pods().become(name, true, restarts);
	}

	private void become(String name, boolean ready) {
		this.lab.pods().become(name, ready, 0);
	}

}

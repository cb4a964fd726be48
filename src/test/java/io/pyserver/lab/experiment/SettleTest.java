package io.pyserver.lab.experiment;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** When the policies are shown to be enforced, and what is open again without them. */
class SettleTest {

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private Probed pod;

	@BeforeEach
	void start() {
		this.pod = this.lab.probed("a", Map.of());
		this.lab.pods().print("a", "");
	}

	@Test
	void theAttemptThatShowsEnforcementIsTheFirstOfTheWatch() {
		this.lab.curlEndsWith(28);

		assertThat(settle()).matches((settled) -> settled.logged() != null)
			.satisfies(
					(settled) -> assertThat(settled.marks()).extracting(Mark::what).containsExactly(Mark.What.ENFORCED))
			.satisfies((settled) -> assertThat(settled.attempts().get(Control.POD_TO_POD))
				.extracting(Attempt::phase, Attempt::reach)
				.containsExactly(tuple(Phase.SETTLING, Reach.TIMED_OUT), tuple(Phase.DURING, Reach.TIMED_OUT)));
	}

	@Test
	void aPodThatStaysOpenIsStopped() {
		this.lab.curlEndsWith(0);

		assertThat(settle()).returns(null, Outcome.Settled::logged)
			.returns(List.of(), Outcome.Settled::marks)
			.returns("the controls did not show enforcement within 1 s", (settled) -> settled.unwell().problem());
	}

	@Test
	void withoutThePoliciesItIsOpenAgain() {
		this.lab.curlEndsWith(0);
		Release release = new Release(this.lab.scene(Order.POD_FIRST, this.pod), List.of(this.pod), List.of(this.pod),
				null);

		release.run();

		assertThat(release.seen().get(this.pod)).returns(null, Outcome.Released::restarts)
			.satisfies((released) -> assertThat(released.marks()).extracting(Mark::what)
				.containsExactly(Mark.What.POLICY_REMOVED))
			.satisfies((released) -> assertThat(released.attempts().get(Control.POD_TO_POD))
				.extracting(Attempt::phase, Attempt::reach)
				.containsExactly(tuple(Phase.AFTER, Reach.REACHED)));
	}

	private Outcome.Settled settle() {
		Settle settle = new Settle(this.lab.scene(Order.POLICY_FIRST, this.pod),
				List.of(new Course(this.pod, List.of())));
		settle.run();
		return settle.seen().get(this.pod);
	}

}

package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Harm.Restart;

/**
 * Tries the controls once the policies are removed, until all are open again, and then
 * concludes what was broken.
 */
final class Release implements Step {

	private final Rounds rounds;

	private final List<Probed> pods;

	private final List<Probed> well;

	private final @Nullable Breaking breaking;

	private final Mark removed = new Mark(Instant.now(), What.POLICY_REMOVED);

	private final Map<Probed, Concluded> concluded = new HashMap<>();

	/**
	 * Of pods whose policies have just been removed.
	 * @param well those that nothing has stopped so far
	 * @param breaking what was broken, if it came to that
	 */
	Release(Scene scene, List<Probed> pods, List<Probed> well, @Nullable Breaking breaking) {
		this.rounds = scene.rounds();
		this.pods = pods;
		this.well = well;
		this.breaking = breaking;
	}

	@Override
	public void run() {
		this.rounds.untilAsExpected(Phase.AFTER, this.well, Probed::target);
		if (this.breaking != null) {
			this.concluded.putAll(this.breaking.conclude(this.well));
		}
	}

	@Override
	public Map<Probed, Outcome.Released> seen() {
		return Step.ofEach(this.pods, (pod) -> {
			Concluded end = this.concluded.getOrDefault(pod, Concluded.NOTHING);
			return new Outcome.Released(this.rounds.attempts(pod), List.of(this.removed), end.causality(),
					end.restarts(), end.unwell());
		});
	}

	/**
	 * What breaking came to with a pod.
	 *
	 * @param restarts those of its container that were not asked for, or null where the
	 * pod is not well
	 */
	record Concluded(Map<Kind, Causality> causality, @Nullable List<Restart> restarts, @Nullable Unwell unwell) {

		static final Concluded NOTHING = new Concluded(Map.of(), null, null);

	}

}

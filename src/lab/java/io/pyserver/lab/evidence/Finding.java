package io.pyserver.lab.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Function;

/**
 * A verdict with its reasons.
 *
 * @param verdict whether the probe survives
 * @param because the reasons, each one line of at most 300 characters: what was observed
 * if the probe survives, else what failed or is missing
 */
public record Finding(Verdict verdict, List<String> because) {

	/**
	 * The first rule with a reason decides. Probes prove nothing if the pod is wrong or
	 * the policies are not enforced.
	 */
	private static final List<Entry<Verdict, Function<Observation, List<String>>>> RULES = List.of(
			Map.entry(Verdict.INCONCLUSIVE, Objections::toThePod),
			Map.entry(Verdict.NOT_ENFORCED, Objections::toEnforcement),
			Map.entry(Verdict.BROKEN, Objections::toTheProbes), Map.entry(Verdict.INCONCLUSIVE, Proof::missing));

	/** The limit for a reason, in characters. */
	private static final int LONGEST = 300;

	private static final String CUT = " ...";

	public Finding {
		because = because.stream().map(Finding::cut).toList();
	}

	private static String cut(String text) {
		String reason = text.replaceAll("\\s*\\R\\s*", " ");
		return (reason.length() > LONGEST) ? reason.substring(0, LONGEST - CUT.length()) + CUT : reason;
	}

	/** Returns the finding that follows from an observation alone. */
	public static Finding of(Observation observation) {
		return RULES.stream()
			.map((rule) -> new Finding(rule.getKey(), rule.getValue().apply(observation)))
			.filter((finding) -> !finding.because().isEmpty())
			.findFirst()
			.orElseGet(() -> new Finding(Verdict.SURVIVES, Proof.of(observation)));
	}

	/** Whether a probe survives the policies. */
	public enum Verdict implements Label {

		/** The policies were enforced, and the probes kept arriving. */
		SURVIVES,
		/** The policies were enforced, and the probes failed. */
		BROKEN,
		/** The controls did not show that the policies were enforced. */
		NOT_ENFORCED,
		/** Evidence is missing; the finding names it. */
		INCONCLUSIVE;

		/** A cell with several results has the first of their verdicts in this order. */
		public static final Comparator<Verdict> WORST_FIRST = Comparator
			.comparing(List.of(BROKEN, NOT_ENFORCED, INCONCLUSIVE, SURVIVES)::indexOf);

	}

}

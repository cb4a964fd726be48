package io.pyserver.lab.evidence;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Function;

/**
 * A verdict and what it rests on.
 *
 * @param verdict whether probes survive
 * @param because one line each, of at most 300 characters: for {@link Verdict#SURVIVES}
 * what was seen, for the others what went wrong or is missing
 */
public record Finding(Verdict verdict, List<String> because) {

	/**
	 * In this order: whether the right thing was tested at all; whether the policies were
	 * in force, without which nothing else means anything; whether probes failed; and
	 * whether there is enough to say that they did not. A rule lists what speaks against.
	 */
	private static final List<Entry<Verdict, Function<Observation, List<String>>>> RULES = List.of(
			Map.entry(Verdict.INCONCLUSIVE, Preconditions::missing), Map.entry(Verdict.NOT_ENFORCED, Enforcement::gaps),
			Map.entry(Verdict.BROKEN, Probing::failures), Map.entry(Verdict.INCONCLUSIVE, Proof::missing));

	/** The longest reason, in characters: one line that people read. */
	private static final int LONGEST = 300;

	private static final String CUT = " ...";

	public Finding {
		because = because.stream().map(Finding::cut).toList();
	}

	private static String cut(String text) {
		String reason = text.replaceAll("\\s*\\R\\s*", " ");
		return (reason.length() > LONGEST) ? reason.substring(0, LONGEST - CUT.length()) + CUT : reason;
	}

	/** What follows from an observation, and from nothing else. */
	public static Finding of(Observation observation) {
		return RULES.stream()
			.map((rule) -> new Finding(rule.getKey(), rule.getValue().apply(observation)))
			.filter((finding) -> !finding.because().isEmpty())
			.findFirst()
			.orElseGet(() -> new Finding(Verdict.SURVIVES, Proof.of(observation)));
	}

}

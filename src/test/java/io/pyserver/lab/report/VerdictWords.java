package io.pyserver.lab.report;

import io.pyserver.lab.evidence.Verdict;

/** A verdict in words and as a sign, so that no colour has to tell it. */
final class VerdictWords {

	private VerdictWords() {
	}

	/** Such as {@code not enforced}. */
	static String word(Verdict verdict) {
		return verdict.label().replace('-', ' ');
	}

	/** As in <em>three cells broken</em>. */
	static String participle(Verdict verdict) {
		return switch (verdict) {
			case SURVIVES -> "surviving";
			case BROKEN -> "broken";
			case NOT_ENFORCED -> "without policies shown to be enforced";
			case INCONCLUSIVE -> "inconclusive";
		};
	}

	/** At most six letters, those of trouble in capitals. */
	static String brief(Verdict verdict) {
		return switch (verdict) {
			case SURVIVES -> "ok";
			case BROKEN -> "BROKEN";
			case NOT_ENFORCED -> "NO-ENF";
			case INCONCLUSIVE -> "INCONC";
		};
	}

	static String sign(Verdict verdict) {
		return switch (verdict) {
			case SURVIVES -> "\u2713";
			case BROKEN -> "\u2717";
			case NOT_ENFORCED -> "\u2205";
			case INCONCLUSIVE -> "?";
		};
	}

}

package io.pyserver.lab.report;

import io.pyserver.lab.evidence.Verdict;

/**
 * What a run found, in the words of the worst that was seen: nothing is said to survive
 * where a probe failed or a cell is open.
 */
final class Claim {

	private Claim() {
	}

	static String of(LabRun run) {
		VerdictCounts tested = VerdictCounts.underPolicies(run);
		VerdictCounts baseline = VerdictCounts.baseline(run);
		if (tested.of(Verdict.BROKEN) > 0) {
			return tested.all(Verdict.BROKEN) ? "Probes break under default-deny"
					: "Some probes break under default-deny";
		}
		if (baseline.of(Verdict.BROKEN) > 0) {
			return "Probes break even without a policy";
		}
		if (tested.isEmpty()) {
			return "No policy was tested";
		}
		if (tested.all(Verdict.NOT_ENFORCED)) {
			return "Policies were not enforced, so nothing is known of probes";
		}
		if (tested.of(Verdict.NOT_ENFORCED) + baseline.of(Verdict.NOT_ENFORCED) > 0) {
			return "Policies were not shown to be enforced in every cell";
		}
		if (tested.all(Verdict.SURVIVES) && baseline.all(Verdict.SURVIVES)) {
			return "Probes survive default-deny";
		}
		return (tested.of(Verdict.SURVIVES) == 0) ? "What default-deny does to probes is not known"
				: "What default-deny does to probes is not known in every cell";
	}

}

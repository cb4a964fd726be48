package io.pyserver.lab;

/** Whether health probes survive a default-deny policy, as far as the evidence goes. */
enum Verdict {

	/** The policies were enforced and no pod missed its probes. */
	SURVIVES,

	/** The policies were enforced and a pod's probes failed. */
	BROKEN,

	/** The controls did not show that the policies were enforced: nothing is proved. */
	NOT_ENFORCED;

	static Verdict of(Evidence evidence) {
		boolean enforced = evidence.before().open() && evidence.during().denied() && evidence.after().open();
		if (!enforced || evidence.pods().isEmpty()) {
			return NOT_ENFORCED;
		}
		return evidence.pods().stream().allMatch(Verdict::healthy) ? SURVIVES : BROKEN;
	}

	private static boolean healthy(PodEvidence pod) {
		return pod.probesKeptArriving() && !pod.pageFromOwnNode().reach().blocked() && pod.harm().unharmed();
	}

}

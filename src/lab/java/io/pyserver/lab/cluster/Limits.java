package io.pyserver.lab.cluster;

import java.time.Duration;

/**
 * How long the lab waits for what, beside what {@link LabSettings} lets a user say.
 * Nothing that comes sooner waits longer; what does not come within its limit is a
 * finding, or an error where nothing can be found without it.
 *
 * @param request until the API server has answered, each time it is asked
 * @param answer until it answers at all, at the beginning
 * @param unanswered until a run ends whose API server does not answer any more
 * @param leaving until namespaces were told to go, when a run is ended from outside
 * @param command until a command in a pod has ended
 * @param accepted until a new namespace takes pods: it has no service account for its
 * first moments
 * @param nodes until the nodes of a throw-away cluster are ready, once their containers
 * run
 * @param gone until the namespaces of a run are gone from an existing cluster
 * @param operator until a pod has answered its operator: the first answer at a quarter of
 * a core takes seconds
 * @param blocked until a connection that is expected to be blocked counts as timed out:
 * longer than it takes an engine to refuse one
 * @param open the same where it is expected to be open: a busy machine may take long
 * @param round until the controls of some pods were tried once, which takes 3 to 10
 * seconds
 * @param enforcing so long after the policies the first round begins: most engines
 * enforce a policy on running pods within that, and a round that begins sooner may find
 * it half done, and is lost
 * @param headStart so long the next experiment waits with its pods for those of this one
 * @param start most starts take less, and need no second look
 * @param late for a probe that comes later than it should, before it is taken for missing
 * @param restarted for what was broken to be noticed: three failed probes, each as late
 * as it may be, and the grace to stop
 * @param reading until nodes have told what their kubelets counted
 * @param lastRound the last controls begin so long before the end of the watch
 */
public record Limits(Duration request, Duration answer, Duration unanswered, Duration leaving, Duration command,
		Duration accepted, Duration nodes, Duration gone, Duration operator, Duration blocked, Duration open,
		Duration round, Duration enforcing, Duration headStart, Duration start, Duration late, Duration restarted,
		Duration reading, Duration lastRound) {

	/** Those of every run. */
	public static final Limits ALL = new Limits(seconds(30), seconds(20), seconds(120), seconds(25), seconds(120),
			seconds(20), seconds(180), seconds(180), seconds(60), seconds(3), seconds(10), seconds(30), seconds(2),
			seconds(10), seconds(4), seconds(20), seconds(60), seconds(5), seconds(4));

	private static Duration seconds(int seconds) {
		return Duration.ofSeconds(seconds);
	}

}

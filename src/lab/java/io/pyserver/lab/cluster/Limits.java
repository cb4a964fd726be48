package io.pyserver.lab.cluster;

import java.time.Duration;

/**
 * The limits on waiting that are not in {@link LabSettings}. The lab waits no longer than
 * necessary. A limit that is exceeded is a finding, or an error if the lab cannot
 * continue.
 *
 * @param request for each answer of the API server
 * @param answer for the first answer of the API server, when the lab starts
 * @param unanswered before a run ends because its API server does not answer
 * @param leaving for the requests to delete namespaces, if a run is ended from outside
 * @param command for a command in a pod
 * @param accepted until a new namespace accepts pods: at first it has no service account
 * @param nodes until the containers of a throw-away cluster have started, and from then
 * on until its nodes are ready
 * @param gone until the namespaces of a run are deleted from an existing cluster
 * @param operator for an answer of the endpoints for operators; with a quarter of a core,
 * the first answer takes seconds
 * @param blocked before a connection that has to be blocked counts as timed out; engines
 * that refuse connections are faster
 * @param open before a connection that has to be open counts as timed out; a busy machine
 * may be slow
 * @param round for one round of controls, which takes 3 to 10 seconds
 * @param enforcing from the policies to the first round. Most engines enforce a policy on
 * running pods within that time. An earlier round may find it partly enforced
 * @param headStart for the pods of an experiment to be ready, before other experiments
 * start their pods
 * @param start for pods to start, before the lab looks for problems; most take no longer
 * @param late how late a probe may be before it counts as missing
 * @param restarted until a fault has an effect: three failed probes, each as late as
 * possible, and the grace period
 * @param reading for the answers of the kubelets to one reading
 * @param lastRound from the last round of controls to the end of the watch
 */
public record Limits(Duration request, Duration answer, Duration unanswered, Duration leaving, Duration command,
		Duration accepted, Duration nodes, Duration gone, Duration operator, Duration blocked, Duration open,
		Duration round, Duration enforcing, Duration headStart, Duration start, Duration late, Duration restarted,
		Duration reading, Duration lastRound) {

	/** The limits of every run. */
	public static final Limits ALL = new Limits(seconds(30), seconds(20), seconds(120), seconds(25), seconds(120),
			seconds(20), seconds(180), seconds(180), seconds(60), seconds(3), seconds(10), seconds(30), seconds(2),
			seconds(10), seconds(4), seconds(20), seconds(60), seconds(5), seconds(4));

	private static Duration seconds(int seconds) {
		return Duration.ofSeconds(seconds);
	}

}

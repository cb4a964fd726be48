package io.pyserver.lab.lesson;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Pod;
import io.pyserver.lab.shipped.PodHealth;

/**
 * What was seen of one pod from a point in time on.
 *
 * @param since that time, by the clock of the pod's node
 * @param nodeAddresses every address that the pod's own node holds
 * @param livenessProbes the liveness requests that the pod logged after that
 * @param pageFromOwnNode what the pod's own node got when it asked for the page
 * @param harm the restarts and failed probes since before the policies
 */
public record PodEvidence(Pod pod, Instant since, Set<String> nodeAddresses, List<LogLine> livenessProbes,
		Fetch pageFromOwnNode, PodHealth harm) {

	public PodEvidence {
		nodeAddresses = Set.copyOf(nodeAddresses);
		livenessProbes = List.copyOf(livenessProbes);
	}

	/** There is nothing more to wait for. */
	boolean conclusive() {
		return this.harm.restarts() > 0 || probesKeptArriving();
	}

	/**
	 * All from the pod's own node, all answered, over the whole time asked for, and with
	 * no gap.
	 */
	public boolean probesKeptArriving() {
		Instant latest = this.since;
		for (LogLine probe : this.livenessProbes) {
			if (probe.time().isAfter(latest.plus(Evidence.LONGEST_GAP))) {
				return false;
			}
			latest = probe.time();
		}
		return answeredFromOwnNode() == this.livenessProbes.size()
				&& !latest.isBefore(this.since.plus(Evidence.WATCHED));
	}

	/** Nothing is wrong with it. */
	boolean healthy() {
		return probesKeptArriving() && !this.pageFromOwnNode.reach().blocked() && this.harm.unharmed();
	}

	/** Liveness probes that came from the pod's own node and were answered. */
	long answeredFromOwnNode() {
		return this.livenessProbes.stream()
			.filter((probe) -> this.nodeAddresses.contains(probe.source()) && probe.status() == 200)
			.count();
	}

}

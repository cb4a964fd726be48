package io.pyserver.lab;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.experiment.Sabotage;

/**
 * What nodes send to their own pods comes from a link-local address that no interface
 * holds, as the probes of GKE's Dataplane V2 do.
 */
final class LinkLocalProbes implements Sabotage {

	static final String ADDRESS = "169.254.169.252";

	@Override
	public Ongoing apply(PodGroup pods, Runnable policies) {
		List<Runnable> undo = new ArrayList<>();
		for (Pod pod : pods.pods().values()) {
			Node node = pods.cluster().nodeOf(pod);
			String ip = pod.getStatus().getPodIP();
			translate(node, "-I", ip, ADDRESS);
			undo.add(() -> translate(node, "-D", ip, ADDRESS));
		}
		policies.run();
		return () -> undo.forEach(Runnable::run);
	}

	/** Has what a node sends to a pod come from an address. */
	static void translate(Node node, String action, String ip, String address) {
		node.shell()
			.run("iptables", "-w", "10", "-t", "nat", action, "POSTROUTING", "-d", ip, "-m", "addrtype", "--src-type",
					"LOCAL", "-j", "SNAT", "--to-source", address)
			.orThrow("iptables on " + node);
	}

}

package io.pyserver.lab;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.experiment.Sabotage;

/**
 * What nodes send to their own pods comes from another address.
 *
 * @param held whether an interface of theirs holds it
 */
record TranslatedProbes(String address, boolean held) implements Sabotage {

	/** As the probes of GKE's Dataplane V2: of a link-local one. */
	static TranslatedProbes linkLocal() {
		return new TranslatedProbes("169.254.169.252", false);
	}

	/** Of one that their Node object does not name. */
	static TranslatedProbes second() {
		return new TranslatedProbes("198.51.100.139", true);
	}

	@Override
	public Ongoing apply(PodGroup pods, Runnable policies) {
		List<Runnable> undo = new ArrayList<>();
		for (Pod pod : pods.pods().values()) {
			Node node = pods.cluster().nodeOf(pod);
			String ip = pod.getStatus().getPodIP();
			if (this.held) {
				node.shell().run("ip", "addr", "replace", this.address + "/32", "dev", "lo");
			}
			translate(node, "-I", ip);
			undo.add(() -> translate(node, "-D", ip));
		}
		policies.run();
		return () -> undo.forEach(Runnable::run);
	}

	private void translate(Node node, String action, String ip) {
		node.shell()
			.run("iptables", "-w", "10", "-t", "nat", action, "POSTROUTING", "-d", ip, "-m", "addrtype", "--src-type",
					"LOCAL", "-j", "SNAT", "--to-source", this.address)
			.orThrow("iptables on " + node);
	}

}

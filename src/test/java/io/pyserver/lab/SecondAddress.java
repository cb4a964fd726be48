package io.pyserver.lab;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.experiment.Sabotage;

/**
 * What nodes send to their own pods comes from an address that an interface of theirs
 * holds, and that their Node object does not name.
 */
final class SecondAddress implements Sabotage {

	private static final String ADDRESS = "198.51.100.139";

	@Override
	public Ongoing apply(PodGroup pods, Runnable policies) {
		List<Runnable> undo = new ArrayList<>();
		for (Pod pod : pods.pods().values()) {
			Node node = pods.cluster().nodeOf(pod);
			String ip = pod.getStatus().getPodIP();
			node.shell().run("ip", "addr", "replace", ADDRESS + "/32", "dev", "lo");
			LinkLocalProbes.translate(node, "-I", ip, ADDRESS);
			undo.add(() -> LinkLocalProbes.translate(node, "-D", ip, ADDRESS));
		}
		policies.run();
		return () -> undo.forEach(Runnable::run);
	}

}

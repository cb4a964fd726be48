package io.pyserver.lab;

import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Reach;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import io.pyserver.lab.Reachability.Measurement;

/**
 * Tries every control for every pod of a workload, all at once, each over a new
 * connection.
 */
final class Controls {

	/**
	 * The two ends of what the lesson shows; the own node's page is evidence of its own.
	 */
	static final Set<Control> LESSON = EnumSet
		.complementOf(EnumSet.of(Control.OWN_NODE_TO_POD, Control.LABELLED_PEER_TO_POD));

	private final Cluster cluster;

	private final Workload workload;

	private final Workload outside;

	private final List<Pod> pods;

	private final Pod outsider;

	private final String apiServer;

	Controls(Cluster cluster, Workload workload, Workload outside) {
		this.cluster = cluster;
		this.workload = workload;
		this.outside = outside;
		this.pods = workload.pods();
		this.outsider = outside.pods().getFirst();
		this.apiServer = cluster.kubectl()
			.json("get", "service", "kubernetes", "-n", "default")
			.path("spec")
			.path("clusterIP")
			.asString();
	}

	Reachability measure() {
		List<Callable<Measurement>> attempts = new ArrayList<>();
		for (Pod pod : this.pods) {
			for (Control control : possible()) {
				attempts.add(() -> new Measurement(control, pod.name(), attempt(control, pod)));
			}
		}
		return new Reachability(SideBySide.all(attempts));
	}

	/** A cluster of one node has no other node to try from. */
	private Set<Control> possible() {
		Set<Control> controls = EnumSet.copyOf(LESSON);
		if (this.cluster.nodes().size() == 1) {
			controls.remove(Control.OTHER_NODE_TO_POD);
		}
		return controls;
	}

	private Reach attempt(Control control, Pod pod) {
		return switch (control) {
			case POD_TO_POD -> this.workload.fetchFrom(pod, peer(pod).url()).reach();
			case POD_TO_POD_PING -> this.workload.pingFrom(pod, peer(pod).ip());
			case POD_TO_OUTSIDER -> this.workload.fetchFrom(pod, this.outsider.url()).reach();
			case POD_TO_API_SERVER -> this.workload.fetchFrom(pod, "http://" + this.apiServer + ":443/").reach();
			case OUTSIDER_TO_POD -> this.outside.fetchFrom(this.outsider, pod.url()).reach();
			case OTHER_NODE_TO_POD -> otherNode(pod).fetch(pod.url()).reach();
			case OWN_NODE_TO_POD, LABELLED_PEER_TO_POD ->
				throw new IllegalArgumentException(control + " is none of the lesson's");
		};
	}

	private Pod peer(Pod pod) {
		return this.pods.stream().filter((other) -> !other.name().equals(pod.name())).findFirst().orElseThrow();
	}

	private Node otherNode(Pod pod) {
		return this.cluster.nodes()
			.stream()
			.filter((node) -> !node.name().equals(pod.node()))
			.findFirst()
			.orElseThrow();
	}

}

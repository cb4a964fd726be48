package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.cluster.Turns;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * All cells of one policy and one order, and perhaps of one node: a namespace with a pod
 * for each mechanism, which has probes of all kinds.
 */
final class PolicyExperiment {

	/** Tries to reach the pods under test from under the same policies. */
	private static final String COMPANION = "companion";

	private final Lab lab;

	private final Policy policy;

	private final Order order;

	private final @Nullable Integer onlyNode;

	private final PodGroup group;

	private final Experiment experiment;

	/**
	 * Of cells that have policy and order in common.
	 * @param onlyNode the node of all its pods, by its place among the cluster's, or null
	 * where neighbours in the matrix are on different nodes
	 */
	PolicyExperiment(Lab lab, List<Cell> cells, @Nullable Integer onlyNode, Progress progress) {
		this.lab = lab;
		this.policy = cells.getFirst().policy();
		this.order = cells.getFirst().effectiveOrder();
		this.onlyNode = onlyNode;
		this.group = new PodGroup(lab.cluster(), lab.cluster().namespaces().name(purpose()));
		this.experiment = new Experiment(lab, this.group, cells,
				cells.stream().map(Cell::mechanism).distinct().map(this::probed).toList(), progress);
	}

	private String purpose() {
		return this.lab.purpose() + "-" + this.policy.label() + "-" + this.order.label()
				+ ((this.onlyNode != null) ? "-node" + this.onlyNode : "");
	}

	private Probed probed(Mechanism mechanism) {
		List<Node> nodes = this.lab.cluster().nodes();
		int place = (this.onlyNode != null) ? this.onlyNode
				: mechanism.ordinal() + this.order.ordinal() + this.policy.ordinal();
		return new Probed(this.group, ShippedPod.name(mechanism), nodes.get(place % nodes.size()).name(), mechanism,
				this.group.shell(COMPANION));
	}

	/**
	 * Runs it to the end, or as far as it gets.
	 * @param turn ends when the policies go: what is left to do is light
	 */
	List<CellResult> run(Turns.Turn turn) {
		try (this.experiment) {
			try (turn) {
				this.experiment.orSayWhy(this::underPolicies);
			}
			this.experiment.orSayWhy(this.experiment::allow);
			return this.experiment.results();
		}
	}

	private void underPolicies() {
		start();
		this.experiment.awaitEnforcement();
		if (!this.experiment.well().isEmpty()) {
			this.experiment.watch();
			this.experiment.breakOnPurpose();
		}
	}

	private void start() {
		this.experiment.say("deploying");
		this.experiment.startCounting();
		this.group.apply(List.of(this.lab.cluster().namespaces().namespace(purpose(), "restricted")));
		if (this.order == Order.POLICY_FIRST) {
			this.experiment.reach((pod) -> this.lab.surroundings().standIn(pod.node()));
			this.experiment.deny();
		}
		this.experiment.awaitReady(startPods());
		if (this.order == Order.POD_FIRST) {
			this.experiment.reach();
			this.experiment.deny();
		}
	}

	/** Says since when. */
	private Instant startPods() {
		List<Probed> probed = this.experiment.pods();
		List<Pod> pods = new ArrayList<>();
		pods.add(new Sleeper(this.lab.cluster(), this.group.namespace()).companion(COMPANION,
				this.lab.cluster().nodes().getFirst().name()));
		probed.stream()
			.map((pod) -> this.lab.shipped()
				.on(this.lab.cluster(), this.group.namespace(), pod.name(), pod.node(), pod.mechanism(),
						this.lab.settings()))
			.peek((pod) -> this.lab.sabotage().change(pod, this.order))
			.forEach(pods::add);
		try (Turns.Turn _ = this.lab.cluster().run().starts().take()) {
			this.group.apply(pods);
			Instant since = Instant.now();
			this.group.awaitReadyOrSayWho(Limits.ALL.headStart(), probed.stream().map((pod) -> pod.name()).toList());
			return since;
		}
	}

}

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

	private final String purpose;

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
		this.order = cells.getFirst().course();
		this.purpose = "%s-%s-%s%s".formatted(lab.purpose(), this.policy.label(), this.order.label(),
				(onlyNode != null) ? "-node" + onlyNode : "");
		this.group = new PodGroup(lab.cluster(), lab.cluster().namespaces().name(this.purpose));
		this.experiment = new Experiment(lab, lab.surroundings()::connections, this.group, cells, cells.stream()
			.map(Cell::mechanism)
			.distinct()
			.map((mechanism) -> pod(mechanism,
					(onlyNode != null) ? onlyNode : mechanism.ordinal() + this.order.ordinal() + this.policy.ordinal()))
			.toList(), progress);
	}

	private PodUnderTest pod(Mechanism mechanism, int place) {
		List<Node> nodes = this.lab.cluster().nodes();
		return new PodUnderTest(this.group, ShippedPod.name(mechanism), nodes.get(place % nodes.size()).name(),
				mechanism, this.group.shell(COMPANION));
	}

	/**
	 * Runs it to the end, or as far as it gets.
	 * @param slot given back when the policies go: what is left to do is light
	 */
	List<CellResult> run(Turns.Turn slot) {
		try (this.experiment) {
			try (slot) {
				this.experiment.orSayWhy(this::underPolicies);
			}
			this.experiment.orSayWhy(this.experiment::removePolicies);
			return this.experiment.results();
		}
	}

	private void underPolicies() {
		this.experiment.say("deploying");
		this.experiment.startCounting();
		this.group.apply(List.of(this.lab.cluster().namespaces().namespace(this.purpose, "restricted")));
		if (this.order == Order.POLICY_FIRST) {
			this.experiment.observeBaseline((pod) -> this.lab.surroundings().standIn(pod.node().name()));
			this.experiment.applyPolicies();
			this.experiment.awaitReady(startPods());
		}
		else {
			this.experiment.awaitReady(startPods());
			this.experiment.observeBaseline();
			this.experiment.applyPolicies();
		}
		this.experiment.awaitEnforcement();
		if (!this.experiment.well().isEmpty()) {
			this.experiment.watch();
			this.experiment.breakOnPurpose();
		}
	}

	/** Says since when. */
	private Instant startPods() {
		List<Pod> pods = new ArrayList<>();
		pods.add(new Sleeper(this.lab.cluster(), this.group.namespace()).companion(COMPANION,
				this.lab.cluster().nodes().getFirst().name()));
		for (PodUnderTest pod : this.experiment.pods()) {
			Pod shipped = this.lab.shipped()
				.on(this.lab.cluster(), this.group.namespace(), pod.name(), pod.node().name(), pod.mechanism(),
						this.lab.settings());
			this.lab.sabotage().change(shipped, this.order);
			pods.add(shipped);
		}
		try (Turns.Turn _ = this.lab.cluster().run().starts().take()) {
			this.group.apply(pods);
			Instant since = Instant.now();
			this.group.awaitReadyOrSayWho(Limits.ALL.headStart(),
					this.experiment.pods().stream().map(PodUnderTest::name).toList());
			return since;
		}
	}

}

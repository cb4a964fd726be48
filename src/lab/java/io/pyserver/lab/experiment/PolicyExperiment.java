package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.cluster.Turns;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * All cells of one policy and one order: a namespace with a pod for each mechanism, which
 * has probes of all kinds; where each cell is asked on every node, with such pods on each
 * of some nodes.
 */
final class PolicyExperiment {

	/** Tries to reach the pods under test from under the same policies. */
	private static final String COMPANION = "companion";

	private final Lab lab;

	private final Policy policy;

	private final Order order;

	private final String purpose;

	private final PodGroup group;

	private final Shell companion;

	private final Experiment experiment;

	/**
	 * Of cells that have policy and order in common.
	 * @param wave which of the waves of nodes it is, or -1 where neighbours in the matrix
	 * are on different nodes
	 * @param nodes those of its pods
	 */
	PolicyExperiment(Lab lab, List<Cell> cells, int wave, List<Node> nodes, Progress progress) {
		this.lab = lab;
		this.policy = cells.getFirst().policy();
		this.order = cells.getFirst().course();
		this.purpose = "%s-%s-%s%s".formatted(lab.purpose(), this.policy.label(), this.order.label(),
				(wave >= 0) ? "-wave" + wave : "");
		this.group = new PodGroup(lab.cluster(), lab.cluster().namespaces().name(this.purpose));
		this.companion = this.group.shell(COMPANION);
		List<Mechanism> mechanisms = cells.stream().map(Cell::mechanism).distinct().toList();
		List<PodUnderTest> pods = (wave >= 0) ? nodes.stream()
			.flatMap((node) -> mechanisms.stream().map((each) -> pod(each, "-" + node, node)))
			.toList() : mechanisms.stream().map((each) -> pod(each, "", spread(each, nodes))).toList();
		this.experiment = new Experiment(lab, lab.surroundings()::connections, this.group, cells, pods, progress);
	}

	private PodUnderTest pod(Mechanism mechanism, String suffix, Node node) {
		return new PodUnderTest(this.group, ShippedPod.name(mechanism) + suffix, node.name(), mechanism,
				this.companion);
	}

	private Node spread(Mechanism mechanism, List<Node> nodes) {
		return nodes.get((mechanism.ordinal() + this.order.ordinal() + this.policy.ordinal()) % nodes.size());
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
		if (!this.experiment.setup().well().isEmpty()) {
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

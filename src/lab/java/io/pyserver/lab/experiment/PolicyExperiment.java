package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.report.CellResult;

/**
 * All cells of one policy and one order, and perhaps of some nodes, in a namespace of
 * their own.
 */
final class PolicyExperiment {

	/** Tries to reach the pods under test from under the same policies. */
	private static final String COMPANION = "companion";

	private final Lab lab;

	private final Order order;

	private final String purpose;

	private final PodGroup group;

	private final Experiment experiment;

	PolicyExperiment(Lab lab, Plan plan, Progress progress) {
		this.lab = lab;
		this.order = plan.order();
		this.purpose = String.join("-", lab.purpose(), plan.policy().label(), plan.order().label()) + plan.suffix();
		this.group = new PodGroup(lab.cluster(), lab.cluster().namespaces().name(this.purpose));
		this.experiment = new Experiment(lab, lab.surroundings()::connections, this.group, plan.cells(),
				plan.pods(this.group, this.group.shell(COMPANION)), progress);
	}

	/**
	 * Runs it to the end, or as far as it gets.
	 * @param slot given back when the policies go: what is left to do is light
	 */
	List<CellResult> run(ConcurrencyLimit.Permit slot) {
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
				this.lab.cluster().helpersNode()));
		for (PodUnderTest pod : this.experiment.pods()) {
			Pod shipped = this.lab.shipped()
				.on(this.lab.cluster(), this.group.namespace(), pod.name(), pod.node().name(), pod.mechanism(),
						this.lab.settings());
			this.lab.sabotage().change(shipped, this.order);
			pods.add(shipped);
		}
		try (ConcurrencyLimit.Permit _ = this.lab.cluster().run().starts().acquire()) {
			this.group.apply(pods);
			Instant since = Instant.now();
			this.group.awaitReadyOrSayWho(Limits.ALL.headStart(),
					this.experiment.pods().stream().map(PodUnderTest::name).toList());
			return since;
		}
	}

}

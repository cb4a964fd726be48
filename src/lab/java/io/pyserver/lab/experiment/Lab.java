package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.cluster.Engine;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.report.LabRun.CellResult;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.LabRun.TestedCluster;
import io.pyserver.lab.shipped.ShippedPod;
import io.pyserver.lab.shipped.Workload;

/**
 * Runs cells of the matrix on a cluster. Several experiments run side by side, each in a
 * namespace of its own.
 *
 * @param surroundings the surroundings, deployed once for all experiments
 * @param sabotage the fault in each experiment, or {@link Sabotage#NONE}
 * @param purpose the purpose of the namespaces, which is a part of their names
 */
public record Lab(Cluster cluster, LabSettings settings, Surroundings surroundings, Sabotage sabotage,
		String purpose) implements AutoCloseable {

	/** The cells of the lesson. The shipped Deployment has no startup probe. */
	private static final Selection LESSON = Selection
		.of("deny-both/httpGet/liveness/pod-first,deny-both/httpGet/readiness/pod-first");

	/**
	 * Deploys the surroundings, and checks whether failed probes can be counted.
	 * @throws LabException if the lab may read neither the kubelets' counts nor events
	 */
	public static Lab on(Cluster cluster, LabSettings settings) {
		SideBySide.each(cluster.nodes(), (node) -> cluster.run().metrics().open(node.name()));
		Lab lab = new Lab(cluster, settings, Surroundings.deploy(cluster, settings), Sabotage.NONE, "matrix");
		lab.surroundings.group().events();
		if (!lab.countsRefused().isEmpty() && cluster.run().events().refusal().isPresent()) {
			lab.close();
			throw new LabException("failed probes cannot be counted: %s; and events cannot be watched: %s"
				.formatted(lab.countsRefused(), cluster.run().events().refusal().get()));
		}
		return lab;
	}

	/** Why the counts of kubelets cannot be read; empty if all of them can. */
	private String countsRefused() {
		return this.cluster.nodes()
			.stream()
			.flatMap((node) -> this.cluster.run().metrics().refusal(node.name()).stream())
			.collect(Collectors.joining("; "));
	}

	/**
	 * Returns the same lab with a fault.
	 * @param purpose the purpose of its namespaces, which is a part of their names
	 */
	public Lab sabotagedBy(Sabotage sabotage, String purpose) {
		return new Lab(this.cluster, this.settings, this.surroundings, sabotage, purpose);
	}

	@Override
	public void close() {
		if (!this.settings.keep().keepsRun()) {
			this.surroundings.group().remove();
		}
	}

	/** Runs cells, {@code lab.parallel} experiments at a time. */
	public LabRun run(List<Cell> cells) {
		Instant started = Instant.now();
		ConcurrencyLimit sideBySide = new ConcurrencyLimit(this.settings.parallel());
		Map<Cell, List<CellResult>> results = SideBySide
			.all(experiments(cells).stream().<Callable<List<CellResult>>>map((experiment) -> () -> {
				ConcurrencyLimit.Permit slot = sideBySide.acquire();
				try (experiment) {
					return experiment.run(slot);
				}
			}).toList())
			.stream()
			.flatMap(List::stream)
			.collect(Collectors.groupingBy((result) -> result.observation().cell()));
		Map<String, String> shown = this.settings.shown();
		shown.put("lab.ip-families", this.cluster.ipFamilies());
		String version = this.cluster.version();
		TestedCluster tested = new TestedCluster(this.cluster.name(), version,
				Engine.of(this.cluster.client(), version), this.cluster.nodes().stream().map(Node::name).toList(),
				this.cluster.image(), limits());
		return new LabRun(started, Instant.now(), tested, shown,
				cells.stream().map(results::get).flatMap(List::stream).toList());
	}

	/**
	 * The experiments of some cells, one for each policy and order. If each cell runs on
	 * every node, there is one for each wave of nodes as well.
	 */
	List<Experiment> experiments(List<Cell> cells) {
		Collection<List<Cell>> groups = cells.stream()
			.collect(Collectors.groupingBy((cell) -> List.of(cell.policy(), cell.effectiveOrder()), LinkedHashMap::new,
					Collectors.toList()))
			.values();
		int atOnce = this.settings.everyNode() ? this.cluster.nodesAtOnce() : this.cluster.nodes().size();
		List<List<Node>> waves = this.cluster.nodes().stream().gather(Gatherers.windowFixed(atOnce)).toList();
		Progress progress = new Progress(groups.size() * waves.size(), this.settings.parallel());
		List<Experiment> experiments = new ArrayList<>();
		for (int wave = 0; wave < waves.size(); wave++) {
			String suffix = this.settings.everyNode() ? "-wave" + wave : "";
			for (List<Cell> group : groups) {
				experiments.add(experiment(group, suffix, waves.get(wave), progress));
			}
		}
		return experiments;
	}

	/** Each mechanism has a pod of its own, with probes of all kinds. */
	private Experiment experiment(List<Cell> cells, String suffix, List<Node> nodes, Progress progress) {
		Cell first = cells.getFirst();
		String purpose = String.join("-", this.purpose, first.policy().label(), first.effectiveOrder().label())
				+ suffix;
		PodGroup group = this.cluster.group(purpose);
		Shell companion = group.shell(Setup.COMPANION);
		List<Mechanism> mechanisms = cells.stream().map(Cell::mechanism).distinct().toList();
		Stream<PodUnderTest> pods = this.settings.everyNode()
				? nodes.stream()
					.flatMap((node) -> mechanisms.stream()
						.map((each) -> new PodUnderTest(group, ShippedPod.name(each) + "-" + node, node, each,
								this.settings, companion)))
				: mechanisms.stream()
					.map((each) -> new PodUnderTest(group, ShippedPod.name(each), spread(first, each, nodes), each,
							this.settings, companion));
		return experiment(group, cells, pods.toList(), progress);
	}

	private Experiment experiment(PodGroup group, List<Cell> cells, List<PodUnderTest> pods, Progress progress) {
		return new Experiment(new Setup(this, group, cells, pods, new ProbeRecorder(pods)), progress);
	}

	/** Returns a node. Neighbouring cells of the matrix get different nodes. */
	private static Node spread(Cell cell, Mechanism mechanism, List<Node> nodes) {
		int number = mechanism.ordinal() + cell.effectiveOrder().ordinal() + cell.policy().ordinal();
		return nodes.get(number % nodes.size());
	}

	/**
	 * Deploys the shipped manifests with another period of the probes, and waits until
	 * the pods are ready.
	 * @return the experiment whose steps the lesson takes
	 */
	public Experiment deployShipped() {
		PodGroup group = Workload.deploy(this.cluster, "lesson", this.settings.period()).group();
		List<String> names = List.copyOf(group.pods().keySet());
		List<PodUnderTest> pods = names.stream()
			.map((name) -> new PodUnderTest(group, name, this.cluster.nodeOf(group.pod(name)), Mechanism.HTTP_GET,
					this.settings,
					group.shell(names.stream().filter((other) -> !other.equals(name)).findFirst().orElseThrow())))
			.toList();
		Experiment lesson = experiment(group, LESSON.cells(), pods, new Progress(1, 1));
		lesson.startCounting();
		lesson.awaitReady(Instant.now());
		return lesson;
	}

	/** What this run could not observe, each in one sentence. */
	private List<String> limits() {
		List<String> limits = new ArrayList<>(this.cluster.limits());
		String refused = countsRefused();
		if (!refused.isEmpty()) {
			limits.add("the kubelets' own counts of probes could not be read, so successes are counted in the pods' "
					+ "logs and failures in events: " + refused);
		}
		Optional<String> eventsRefused = this.cluster.run().events().refusal();
		eventsRefused.map("events could not be watched, so what the kubelets said is not known: "::concat)
			.ifPresent(limits::add);
		if (this.cluster.imageIdentity() == null) {
			limits.add("the image's identity is not compared: lab.image names it, and its registry's word is taken");
		}
		return limits;
	}

}

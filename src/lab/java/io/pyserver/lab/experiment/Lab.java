package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Engine;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.controls.Surroundings;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.LabRun.TestedCluster;
import io.pyserver.lab.shipped.ShippedPod;
import io.pyserver.lab.shipped.Workload;

/** Runs the matrix on a cluster: experiments side by side, each in its own namespace. */
public record Lab(Cluster cluster, LabSettings settings, ShippedPod shipped, Surroundings surroundings,
		Sabotage sabotage, String purpose) implements AutoCloseable {

	/** The shipped Deployment has no startup probe. */
	private static final Selection LESSON = Selection
		.of("deny-both/httpGet/liveness/pod-first,deny-both/httpGet/readiness/pod-first");

	/** Prepares runs. */
	public static Lab on(Cluster cluster, LabSettings settings) {
		SideBySide.each(cluster.nodes(), (node) -> cluster.run().metrics().open(node.name()));
		Lab lab = new Lab(cluster, settings, ShippedPod.read(), Surroundings.deploy(cluster, settings), Sabotage.NONE,
				"matrix");
		lab.requireCounts();
		return lab;
	}

	/**
	 * Where kubelets' counts are refused, events count failures.
	 * @throws LabException when they are refused as well
	 */
	private void requireCounts() {
		String refusals = refusals();
		this.surroundings.listen();
		if (!refusals.isEmpty() && this.cluster.run().eventsRefused().isPresent()) {
			close();
			throw new LabException("failed probes cannot be counted: %s; and events cannot be watched: %s"
				.formatted(refusals, this.cluster.run().eventsRefused().get()));
		}
	}

	private String refusals() {
		return this.cluster.nodes()
			.stream()
			.flatMap((node) -> this.cluster.run().metrics().refusal(node.name()).stream())
			.collect(Collectors.joining("; "));
	}

	/**
	 * The same lab with something wrong.
	 * @param purpose what its namespaces are for, which is part of their names
	 */
	public Lab sabotagedBy(Sabotage sabotage, String purpose) {
		return new Lab(this.cluster, this.settings, this.shipped, this.surroundings, sabotage, purpose);
	}

	@Override
	public void close() {
		if (!this.settings.keep().keepsRun()) {
			this.surroundings.remove();
		}
	}

	/** Runs the cells. */
	public LabRun run(List<Cell> cells) {
		Instant started = Instant.now();
		List<Plan> plans = plans(cells);
		Progress progress = new Progress(plans.size(), this.settings.parallel());
		ConcurrencyLimit sideBySide = new ConcurrencyLimit(this.settings.parallel());
		Map<Cell, List<CellResult>> results = SideBySide
			.all(plans.stream().<Callable<List<CellResult>>>map((plan) -> () -> {
				ConcurrencyLimit.Permit slot = sideBySide.acquire();
				return progress.of(() -> new PolicyExperiment(this, plan, progress).run(slot));
			}).toList())
			.stream()
			.flatMap(List::stream)
			.collect(Collectors.groupingBy((result) -> result.observation().cell()));
		Map<String, String> shown = this.settings.shown();
		shown.put("lab.ip-families", this.cluster.ipFamilies());
		return new LabRun(started, Instant.now(), tested(), shown,
				cells.stream().map(results::get).flatMap(List::stream).toList());
	}

	/** One for each policy and order, and for each wave of nodes. */
	List<Plan> plans(List<Cell> cells) {
		Collection<List<Cell>> groups = cells.stream()
			.collect(Collectors.groupingBy((cell) -> List.of(cell.policy(), cell.effectiveOrder()), LinkedHashMap::new,
					Collectors.toList()))
			.values();
		List<Node> nodes = this.cluster.nodes();
		if (!this.settings.everyNode()) {
			return groups.stream().map((group) -> new Plan(group, "", false, nodes)).toList();
		}
		int atOnce = this.cluster.nodesAtOnce();
		return IntStream.range(0, Math.ceilDiv(nodes.size(), atOnce))
			.boxed()
			.flatMap((wave) -> groups.stream()
				.map((group) -> new Plan(group, "-wave" + wave, true,
						nodes.stream().skip((long) wave * atOnce).limit(atOnce).toList())))
			.toList();
	}

	/**
	 * Deploys the shipped manifests as they are, but for the probes' period, and waits
	 * until the pods are ready.
	 * @return what is asked of them: does default-deny let their probes through?
	 */
	public Experiment deployShipped() {
		PodGroup group = Workload.deploy(this.cluster, "lesson", this.settings.period()).group();
		Collection<Pod> pods = group.pods().values();
		List<PodUnderTest> underTest = pods.stream()
			.map((pod) -> new PodUnderTest(group, pod.getMetadata().getName(), pod.getSpec().getNodeName(),
					Mechanism.HTTP_GET, group.shell(otherThan(pod, pods))))
			.toList();
		Experiment lesson = new Experiment(this, this.surroundings::connections, group, LESSON.cells(), underTest,
				new Progress(1, 1));
		lesson.startCounting();
		lesson.awaitReady(Instant.now());
		return lesson;
	}

	private static String otherThan(Pod pod, Collection<Pod> pods) {
		return pods.stream().filter((other) -> other != pod).findFirst().orElseThrow().getMetadata().getName();
	}

	private TestedCluster tested() {
		String version = this.cluster.version();
		return new TestedCluster(this.cluster.name(), version, Engine.of(this.cluster.client(), version),
				this.cluster.nodes().stream().map(Node::name).toList(), this.cluster.image(), limits());
	}

	private List<String> limits() {
		String refused = refusals();
		Stream<String> counts = refused.isEmpty() ? Stream.empty() : Stream
			.of("the kubelets' own counts of probes could not be read, so successes are counted in the pods' logs and failures in events: "
					+ refused);
		Stream<String> events = this.cluster.run()
			.eventsRefused()
			.map((reason) -> "events could not be watched, so what the kubelets said is not known: " + reason)
			.stream();
		Stream<String> image = (this.cluster.imageIdentity() == null)
				? Stream
					.of("the image's identity is not compared: lab.image names it, and its registry's word is taken")
				: Stream.empty();
		return Stream.of(this.cluster.limits().stream(), counts, events, image).flatMap((limits) -> limits).toList();
	}

}

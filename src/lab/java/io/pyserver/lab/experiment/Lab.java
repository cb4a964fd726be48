package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Engine;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.cluster.Turns;
import io.pyserver.lab.controls.Surroundings;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.TestedCluster;
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
		Map<List<Object>, List<Cell>> experiments = cells.stream()
			.collect(Collectors.groupingBy((cell) -> List.of(cell.policy(), cell.course()), LinkedHashMap::new,
					Collectors.toList()));
		List<@Nullable Integer> nodes = this.settings.everyNode()
				? IntStream.range(0, this.cluster.nodes().size()).<@Nullable Integer>mapToObj(Integer::valueOf).toList()
				: Collections.singletonList(null);
		Progress progress = new Progress(experiments.size() * nodes.size(), this.settings.parallel());
		Turns sideBySide = new Turns(this.settings.parallel());
		List<Callable<List<CellResult>>> runs = experiments.values()
			.stream()
			.flatMap((group) -> nodes.stream().map((node) -> new PolicyExperiment(this, group, node, progress)))
			.<Callable<List<CellResult>>>map((experiment) -> () -> {
				Turns.Turn turn = sideBySide.take();
				return progress.of(() -> experiment.run(turn));
			})
			.toList();
		Map<Cell, List<CellResult>> results = SideBySide.all(runs)
			.stream()
			.flatMap(List::stream)
			.collect(Collectors.groupingBy((result) -> result.evidence().cell()));
		Map<String, String> shown = this.settings.shown();
		shown.put("lab.ip-families", this.cluster.ipFamilies());
		return new LabRun(started, Instant.now(), tested(), shown,
				cells.stream().map(results::get).flatMap(List::stream).toList());
	}

	/**
	 * Deploys the shipped manifests as they are, but for the probes' period, and waits
	 * until the pods are ready.
	 * @return what is asked of them: does default-deny let their probes through?
	 */
	public Experiment deployShipped() {
		PodGroup group = Workload.deploy(this.cluster, "lesson", this.settings.period()).group();
		Collection<Pod> pods = group.pods().values();
		List<Probed> probed = pods.stream()
			.map((pod) -> new Probed(group, pod.getMetadata().getName(), pod.getSpec().getNodeName(),
					Mechanism.HTTP_GET, group.shell(otherThan(pod, pods))))
			.toList();
		Experiment lesson = new Experiment(this, group, LESSON.cells(), probed, new Progress(1, 1));
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

package io.pyserver.lab.matrix;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Engine;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.cluster.Turns;
import io.pyserver.lab.controls.Surroundings;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.TestedCluster;
import io.pyserver.lab.shipped.ShippedPod;

/** Runs the matrix on a cluster: experiments side by side, each in its own namespace. */
public record Lab(Cluster cluster, LabSettings settings, ShippedPod shipped, Surroundings surroundings,
		Sabotage sabotage, String purpose) implements AutoCloseable {

	/** Prepares runs. */
	public static Lab on(Cluster cluster, LabSettings settings) {
		ShippedPod shipped = ShippedPod.read(cluster.kubectl());
		return new Lab(cluster, settings, shipped, Surroundings.deploy(cluster, shipped, settings), Sabotage.NONE,
				"matrix");
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
		if (!this.settings.keep()) {
			this.surroundings.remove();
		}
	}

	/** Runs the cells. */
	public LabRun run(List<Cell> cells) {
		Instant started = Instant.now();
		Map<List<Object>, List<Cell>> experiments = cells.stream()
			.collect(Collectors.groupingBy((cell) -> List.of(cell.policy(), cell.order()), LinkedHashMap::new,
					Collectors.toList()));
		Progress progress = new Progress(experiments.size(), this.settings.parallel());
		Turns sideBySide = new Turns(this.settings.parallel());
		List<Callable<List<CellEvidence>>> runs = experiments.values()
			.stream()
			.map((group) -> new PolicyExperiment(this, group, progress))
			.<Callable<List<CellEvidence>>>map((experiment) -> () -> {
				Turns.Turn turn = sideBySide.take();
				return progress.of(() -> experiment.run(turn));
			})
			.toList();
		Map<Cell, CellResult> results = SideBySide.all(runs)
			.stream()
			.flatMap(List::stream)
			.collect(
					Collectors.toMap(CellEvidence::cell, (evidence) -> new CellResult(evidence, Finding.of(evidence))));
		return new LabRun(started, Instant.now(), tested(), this.settings.shown(),
				cells.stream().map(results::get).toList());
	}

	private TestedCluster tested() {
		String version = this.cluster.version();
		return new TestedCluster(this.cluster.name(), version, Engine.of(this.cluster.kubectl(), version),
				this.cluster.nodes().stream().map(Node::name).toList(), this.cluster.image(), limits());
	}

	private List<String> limits() {
		Stream<String> image = (this.cluster.imageIdentity() == null)
				? Stream
					.of("the image's identity is not compared: lab.image names it, and its registry's word is taken")
				: Stream.empty();
		return Stream.concat(this.cluster.limits().stream(), image).toList();
	}

}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Runs the lab on every node of two fake clusters, and prints what each cost. */
final class Nodes {

	private static final String READINGS = "get nodes/proxy";

	private static final List<Logger> QUIET = Stream.of("io.fabric8.mockwebserver.MockWebServer", "io.vertx.core.impl")
		.map(Logger::getLogger)
		.toList();

	private Nodes() {
	}

	/** The numbers of nodes with commas, the seconds until one is silent or never, and options of the lab. */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		QUIET.forEach((logger) -> logger.setLevel(Level.OFF));
		// The program has no logger, and SLF4J would complain about that.
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		boolean silent = !arguments[1].equals("never");
		long silentAfter = silent ? Long.parseLong(arguments[1]) : TimeUnit.DAYS.toSeconds(1);
		List<Run> runs = new ArrayList<>();
		for (String nodes : arguments[0].split(",")) {
			runs.add(run(Integer.parseInt(nodes), silentAfter, List.of(arguments).subList(2, arguments.length)));
		}
		print(runs);
		boolean ended = runs.stream().allMatch((run) -> run.exitCode == 0 || silent);
		System.exit((ended && runs.stream().allMatch((run) -> run.readings() <= 1)) ? 0 : 1);
	}

	private static Run run(int nodes, long silentAfter, List<String> options)
			throws IOException, InterruptedException {
		FakeNodes api = new FakeNodes(nodes, silentAfter);
		Path folder = Files.createTempDirectory("bench-nodes");
		Path config = Files.writeString(folder.resolve("config"), """
				apiVersion: v1
				kind: Config
				contexts: [{name: fake, context: {cluster: fake, user: fake}}]
				clusters: [{name: fake, cluster: {server: "%s"}}]
				users: [{name: fake, user: {token: fake}}]
				""".formatted(api.url()));
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "io.pyserver.lab.Main", "--context", "fake", "--kubeconfig",
				config.toString(), "--image", "fake:1", "--nodes", "all", "--report", folder.toString()));
		command.addAll(options);
		Instant begun = Instant.now();
		int exitCode = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(folder.resolve("output").toFile())
			.start()
			.waitFor();
		long seconds = Duration.between(begun, Instant.now()).toSeconds();
		System.out.printf("%d nodes: exit code %d after %d s; output and report in %s%n", nodes, exitCode, seconds, folder);
		return new Run(nodes, exitCode, seconds, api.count.costs());
	}

	private static void print(List<Run> runs) {
		TreeSet<String> kinds = new TreeSet<>();
		runs.forEach((run) -> kinds.addAll(run.costs.keySet()));
		StringBuilder heads = new StringBuilder("| verb and resource ");
		runs.forEach((run) -> heads.append("| %1$d nodes: requests | a node | KB | a node ".formatted(run.nodes)));
		System.out.println(heads + "|\n|---" + "|--:|--:|--:|--:".repeat(runs.size()) + "|");
		kinds.forEach((kind) -> row(kind, runs, (run) -> run.costs.getOrDefault(kind, RequestCount.Cost.NONE)));
		row("all", runs, Run::all);
		runs.forEach((run) -> System.out.printf(
				"%d nodes: %.1f requests/s, %.0f KB/s, %.2f readings a second and node%n", run.nodes,
				(double) run.all().requests() / run.seconds, run.all().bytes() / 1e3 / run.seconds, run.readings()));
	}

	private static void row(String kind, List<Run> runs, Function<Run, RequestCount.Cost> cost) {
		StringBuilder row = new StringBuilder("| " + kind + " ");
		for (Run run : runs) {
			double kilobytes = cost.apply(run).bytes() / 1e3;
			row.append("| %,d | %.1f | %,.0f | %.1f ".formatted(cost.apply(run).requests(),
					(double) cost.apply(run).requests() / run.nodes, kilobytes, kilobytes / run.nodes));
		}
		System.out.println(row + "|");
	}

	private record Run(int nodes, int exitCode, long seconds, Map<String, RequestCount.Cost> costs) {

		private RequestCount.Cost all() {
			return this.costs.values().stream().reduce(RequestCount.Cost.NONE, RequestCount.Cost::plus);
		}

		private double readings() {
			return (double) this.costs.getOrDefault(READINGS, RequestCount.Cost.NONE).requests() / this.seconds
					/ this.nodes;
		}

	}

}

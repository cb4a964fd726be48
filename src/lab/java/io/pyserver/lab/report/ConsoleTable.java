package io.pyserver.lab.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Verdict;

/**
 * The matrix for a terminal, in visible ASCII and at most 100 columns, and beneath it
 * what went wrong.
 */
final class ConsoleTable {

	private static final int TROUBLES = 20;

	/** Of how many cells each column is narrow, and a name over just one may be cut. */
	private static final int WIDE_ROW = 9;

	private ConsoleTable() {
	}

	/**
	 * The table, its troubles and its sum.
	 * @param page where the report is
	 */
	static String of(LabRun run, Path page) {
		return Stream.of(table(Matrix.of(run)), troubles(run, page), Stream.of(sum(run, page)))
			.flatMap((lines) -> lines)
			.map((line) -> VisibleText.ascii(line).stripTrailing() + "\n")
			.collect(Collectors.joining());
	}

	private static Stream<String> table(Matrix matrix) {
		int columns = matrix.columns().values().stream().mapToInt(SortedSet::size).sum();
		int width = (columns < WIDE_ROW) ? 9 : 6;
		List<String> lines = new ArrayList<>();
		lines.add(line("", matrix.columns()
			.entrySet()
			.stream()
			.map((mechanism) -> entry(mechanism.getKey().label(), mechanism.getValue().size() * (width + 1) - 1))));
		lines.add(line("",
				matrix.columns()
					.values()
					.stream()
					.flatMap(SortedSet::stream)
					.map((kind) -> entry(brief(kind), width))));
		matrix.rows().forEach((policy, orders) -> {
			lines.add((policy == Policy.NONE) ? "none (baseline)" : policy.label());
			orders.forEach((order) -> lines.add(line("  " + order.label(),
					matrix.row(policy, order).stream().map((cell) -> entry(brief(matrix.of(cell)), width)))));
		});
		return lines.stream();
	}

	private static String line(String label, Stream<String> entries) {
		return "%-14s".formatted(label) + entries.collect(Collectors.joining());
	}

	private static String entry(String text, int width) {
		return " " + ("%-" + width + "." + width + "s").formatted(text);
	}

	private static String brief(Kind kind) {
		return switch (kind) {
			case STARTUP -> "start";
			case LIVENESS -> "live";
			case READINESS -> "ready";
		};
	}

	private static String brief(List<CellResult> results) {
		return results.isEmpty() ? "-" : switch (results.getFirst().verdict()) {
			case SURVIVES -> "ok";
			case BROKEN -> "BROKEN";
			case NOT_ENFORCED -> "NO-ENF";
			case INCONCLUSIVE -> "INCONC";
		};
	}

	private static Stream<String> troubles(LabRun run, Path page) {
		List<String> troubles = run.cells()
			.stream()
			.filter((result) -> result.verdict() != Verdict.SURVIVES)
			.map(CellResult::line)
			.toList();
		int more = troubles.size() - TROUBLES;
		return Stream.concat(troubles.stream().limit(TROUBLES),
				(more > 0) ? Stream.of("... and %d more, in %s".formatted(more, page.getFileName())) : Stream.empty());
	}

	private static String sum(LabRun run, Path page) {
		return "Under policies: %s%s. Baseline: %s. Report: %s".formatted(counts(VerdictCounts.underPolicies(run)),
				NodesApart.of(run).map("; "::concat).orElse(""), counts(VerdictCounts.baseline(run)), page);
	}

	private static String counts(VerdictCounts counts) {
		return counts.isEmpty() ? "not run" : String.join(", ", counts.inWords(List.of(Verdict.values())));
	}

}

package io.pyserver.lab.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
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
		List<String> lines = table(run);
		List<String> troubles = run.cells()
			.stream()
			.filter((result) -> result.verdict() != Verdict.SURVIVES)
			.map(CellResult::line)
			.toList();
		troubles.stream().limit(TROUBLES).forEach(lines::add);
		if (troubles.size() > TROUBLES) {
			lines.add("... and %d more, in %s".formatted(troubles.size() - TROUBLES, page.getFileName()));
		}
		lines.add("Under policies: %s%s. Baseline: %s. Report: %s".formatted(counts(run.verdicts().underPolicies()),
				new Summary(run).nodesApart().map("; "::concat).orElse(""), counts(run.verdicts().baseline()), page));
		return lines.stream()
			.map((line) -> VisibleText.ascii(line).stripTrailing() + "\n")
			.collect(Collectors.joining());
	}

	private static List<String> table(LabRun run) {
		SortedMap<Mechanism, SortedSet<Kind>> columns = run.columns();
		List<Kind> kinds = columns.values().stream().flatMap(SortedSet::stream).toList();
		Map<Cell, List<CellResult>> results = run.byCell();
		int width = (kinds.size() < WIDE_ROW) ? 9 : 6;
		List<String> lines = new ArrayList<>();
		lines.add(line("",
				columns.entrySet()
					.stream()
					.map((column) -> entry(column.getKey().label(), column.getValue().size() * (width + 1) - 1))));
		lines.add(line("", kinds.stream().map((kind) -> entry(brief(kind), width))));
		run.rows().forEach((policy, orders) -> {
			lines.add((policy == Policy.NONE) ? "none (baseline)" : policy.label());
			orders.forEach((order) -> lines.add(line("  " + order.label(),
					run.row(policy, order)
						.stream()
						.map((cell) -> entry(brief(results.getOrDefault(cell, List.of())), width)))));
		});
		return lines;
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

	private static String counts(VerdictCounts counts) {
		return (counts.total() == 0) ? "not run" : String.join(", ", counts.inWords());
	}

}

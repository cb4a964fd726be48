package io.pyserver.lab.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.report.LabRun.CellResult;

/**
 * The matrix for a terminal, in ASCII and at most 100 columns, and the reasons of the
 * cells that do not survive.
 */
final class ConsoleTable {

	private static final int TROUBLES = 20;

	private ConsoleTable() {
	}

	/**
	 * The table, the reasons and the counts.
	 * @param page the path of the report
	 */
	static String of(LabRun run, Path page) {
		List<String> lines = new ArrayList<>();
		lines.add(line("", 20, Arrays.stream(Mechanism.values()).map(Mechanism::label)));
		lines.add(line("", 6, Arrays.stream(Mechanism.values()).flatMap((_) -> Stream.of("start", "live", "ready"))));
		Map<Cell, List<CellResult>> results = run.byCell();
		run.rows().forEach((policy, orders) -> {
			lines.add(policy.label());
			orders.forEach((order, cells) -> lines
				.add(line("  " + order.label(), 6, cells.stream().map((cell) -> brief(results.get(cell))))));
		});
		List<String> troubles = run.cells()
			.stream()
			.filter((result) -> result.verdict() != Verdict.SURVIVES)
			.map(CellResult::line)
			.toList();
		troubles.stream().limit(TROUBLES).forEach(lines::add);
		if (troubles.size() > TROUBLES) {
			lines.add("... and %d more, in %s".formatted(troubles.size() - TROUBLES, page.getFileName()));
		}
		Summary summary = new Summary(run);
		lines.add("Under policies: %s%s. Baseline: %s. Report: %s".formatted(Summary.words(summary.tested()),
				summary.nodesApart().map("; "::concat).orElse(""), Summary.words(summary.baseline()), page));
		return lines.stream()
			.map((line) -> VisibleText.ascii(line).stripTrailing() + "\n")
			.collect(Collectors.joining());
	}

	private static String line(String label, int width, Stream<String> entries) {
		String entry = " %-" + width + "s";
		return "%-14s".formatted(label) + entries.map(entry::formatted).collect(Collectors.joining());
	}

	private static String brief(@Nullable List<CellResult> results) {
		return (results == null) ? "-" : switch (results.getFirst().verdict()) {
			case SURVIVES -> "ok";
			case BROKEN -> "BROKEN";
			case NOT_ENFORCED -> "NO-ENF";
			case INCONCLUSIVE -> "INCONC";
		};
	}

}

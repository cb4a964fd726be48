package io.pyserver.lab.report;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	private static final int LABEL = 14;

	/** From which on columns are narrow, and a name over just one of them may be cut. */
	private static final int MANY_COLUMNS = 9;

	private final LabRun run;

	private final Matrix matrix;

	private final int width;

	private ConsoleTable(LabRun run) {
		this.run = run;
		this.matrix = Matrix.of(run);
		this.width = (this.matrix.columns().size() < MANY_COLUMNS) ? 9 : 6;
	}

	/**
	 * The table, its troubles and its sum.
	 * @param page where the report is
	 */
	static String of(LabRun run, Path page) {
		ConsoleTable table = new ConsoleTable(run);
		return Stream.of(table.head(), table.body(), table.troubles(page), Stream.of(table.sum(page)))
			.flatMap((lines) -> lines)
			.map((line) -> VisibleText.ascii(line).stripTrailing() + "\n")
			.collect(Collectors.joining());
	}

	private Stream<String> head() {
		String mechanisms = this.matrix.mechanisms().stream().map(this::spanning).collect(Collectors.joining());
		String kinds = this.matrix.columns()
			.stream()
			.map((column) -> entry(brief(column.kind()), this.width))
			.collect(Collectors.joining());
		return Stream.of(" ".repeat(LABEL) + mechanisms, " ".repeat(LABEL) + kinds);
	}

	private String spanning(Mechanism mechanism) {
		return entry(mechanism.label(), this.matrix.columns(mechanism).size() * (this.width + 1) - 1);
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

	private Stream<String> body() {
		return this.matrix.policies()
			.stream()
			.flatMap((policy) -> Stream.concat(Stream.of(title(policy)),
					this.matrix.rows(policy).stream().map(this::row)));
	}

	private static String title(Policy policy) {
		return (policy == Policy.NONE) ? "none (baseline)" : policy.label();
	}

	private String row(Matrix.Row row) {
		String cells = this.matrix.columns()
			.stream()
			.map((column) -> this.matrix.at(row, column)
				.map((result) -> VerdictWords.brief(result.finding().verdict()))
				.orElse("-"))
			.map((word) -> entry(word, this.width))
			.collect(Collectors.joining());
		return ("%-" + LABEL + "s").formatted("  " + row.order().label()) + cells;
	}

	private Stream<String> troubles(Path page) {
		List<CellResult> troubled = this.run.cells()
			.stream()
			.filter((result) -> result.finding().verdict() != Verdict.SURVIVES)
			.toList();
		Stream<String> shown = troubled.stream().limit(TROUBLES).map(CellResult::line);
		Stream<String> rest = (troubled.size() > TROUBLES)
				? Stream.of("... and %d more, in %s".formatted(troubled.size() - TROUBLES, page.getFileName()))
				: Stream.empty();
		return Stream.concat(shown, rest);
	}

	private String sum(Path page) {
		VerdictCounts tested = VerdictCounts.underPolicies(this.run);
		VerdictCounts baseline = VerdictCounts.baseline(this.run);
		return "Under policies: %s%s. Baseline: %s. Report: %s".formatted(counts(tested),
				NodesApart.of(this.run).map("; "::concat).orElse(""), counts(baseline), page);
	}

	private static String counts(VerdictCounts counts) {
		if (counts.isEmpty()) {
			return "not run";
		}
		return Stream.of(Verdict.values())
			.filter((verdict) -> counts.of(verdict) > 0)
			.map((verdict) -> counts.of(verdict) + " " + VerdictWords.participle(verdict))
			.collect(Collectors.joining(", "));
	}

}

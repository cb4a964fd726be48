package io.pyserver.lab.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Label;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Selection;

/** The part of the matrix that a run says nothing of. */
final class Untried {

	private Untried() {
	}

	/** Empty where all of it was tried. */
	static Optional<String> of(LabRun run) {
		Set<Cell> tried = run.byCell().keySet();
		List<Cell> matrix = Selection.matrix().toList();
		long untried = matrix.stream().filter((cell) -> !tried.contains(cell)).count();
		if (untried == 0) {
			return Optional.empty();
		}
		String all = Stream
			.of(without(Policy.values(), tried, Cell::policy), without(Mechanism.values(), tried, Cell::mechanism),
					without(Kind.values(), tried, Cell::kind), without(Order.values(), tried, Cell::order))
			.flatMap(Function.identity())
			.collect(Collectors.joining(", "));
		return Optional.of("%d of the %d cells of the matrix were not tried".formatted(untried, matrix.size())
				+ ((tried.isEmpty() || all.isEmpty()) ? "" : ", all of " + all + " among them"));
	}

	private static <T extends Label> Stream<String> without(T[] values, Set<Cell> tried, Function<Cell, T> value) {
		return Arrays.stream(values)
			.filter((each) -> tried.stream().map(value).noneMatch(each::equals))
			.map(Label::label);
	}

}

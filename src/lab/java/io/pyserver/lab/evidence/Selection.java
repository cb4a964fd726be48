package io.pyserver.lab.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The cells to run. A pattern is names with slashes between them, each of a policy, a
 * mechanism, a kind or an order, as in {@code deny-both/httpGet}; what it does not name
 * may be anything. Several patterns have commas between them; {@code all} stands for the
 * whole matrix.
 *
 * @param text as it was asked for
 * @param standard whether nothing was asked for
 * @param cells in the order of the matrix
 */
public record Selection(String text, boolean standard, List<Cell> cells) {

	private static final String STANDARD = "deny-both";

	private static final String ALL = "all";

	public Selection {
		cells = List.copyOf(cells);
	}

	/**
	 * Reads a selection.
	 * @param text patterns, or null for the standard one: both policies, everything else
	 * @throws IllegalArgumentException when a name is unknown, with those there are
	 */
	public static Selection of(@Nullable String text) {
		String patterns = (text != null) ? text : STANDARD;
		Predicate<Cell> wanted = Arrays.stream(patterns.split(","))
			.map(String::strip)
			.map(Selection::pattern)
			.reduce(Predicate::or)
			.orElseThrow();
		List<Cell> cells = matrix().filter(wanted).toList();
		if (cells.isEmpty()) {
			throw new IllegalArgumentException(
					"'%s' fits no cell; a cell has one policy, one mechanism, one kind and one order"
						.formatted(patterns));
		}
		return new Selection(patterns, text == null, cells);
	}

	/** The whole matrix. */
	public static Stream<Cell> matrix() {
		return Arrays.stream(Policy.values())
			.flatMap((policy) -> Arrays.stream(Order.values())
				.flatMap((order) -> Arrays.stream(Mechanism.values())
					.flatMap((mechanism) -> Arrays.stream(Kind.values())
						.map((kind) -> new Cell(policy, mechanism, kind, order)))));
	}

	private static Predicate<Cell> pattern(String pattern) {
		return pattern.equals(ALL) ? (_) -> true
				: Arrays.stream(pattern.split("/", -1)).map(Selection::name).reduce(Predicate::and).orElseThrow();
	}

	private static Predicate<Cell> name(String name) {
		List<String> names = names().map(Label::label).toList();
		if (!names.contains(name)) {
			throw new IllegalArgumentException("'%s' is none of %s, %s".formatted(name, ALL, String.join(", ", names)));
		}
		return (cell) -> cell.labels().stream().map(Label::label).anyMatch(name::equals);
	}

	private static Stream<Label> names() {
		return Stream.<Label[]>of(Policy.values(), Mechanism.values(), Kind.values(), Order.values())
			.flatMap(Arrays::stream);
	}

	/**
	 * The part of the matrix that some cells leave out, in words; empty where they are
	 * all of it.
	 */
	public static Optional<String> untried(Set<Cell> tried) {
		long all = matrix().count();
		if (tried.size() == all) {
			return Optional.empty();
		}
		String whole = names().filter((name) -> tried.stream().noneMatch((cell) -> cell.labels().contains(name)))
			.map(Label::label)
			.collect(Collectors.joining(", "));
		return Optional.of("%d of the %d cells of the matrix were not tried".formatted(all - tried.size(), all)
				+ ((tried.isEmpty() || whole.isEmpty()) ? "" : ", all of " + whole + " among them"));
	}

}

package io.pyserver.lab.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Cell.Policy;

/**
 * The cells to run. A pattern has names with slashes between them, each of a policy, a
 * mechanism, a kind or an order, such as {@code deny-both/httpGet}. It selects the cells
 * with all these names. Several patterns have commas between them; {@code all} selects
 * the whole matrix.
 *
 * @param text the patterns
 * @param standard whether no patterns were given
 * @param cells the cells in the order of the matrix
 */
public record Selection(String text, boolean standard, List<Cell> cells) {

	private static final String STANDARD = "deny-both";

	private static final String ALL = "all";

	private static final List<String> NAMES = Stream
		.<Label[]>of(Policy.values(), Mechanism.values(), Kind.values(), Order.values())
		.flatMap(Arrays::stream)
		.map(Label::label)
		.toList();

	/**
	 * Reads a selection.
	 * @param text patterns, or null for the standard selection: both policies
	 * @throws IllegalArgumentException if a name is unknown or no cell is selected
	 */
	public static Selection of(@Nullable String text) {
		String patterns = Objects.requireNonNullElse(text, STANDARD);
		List<Predicate<Cell>> wanted = Arrays.stream(patterns.split(",")).map(Selection::pattern).toList();
		List<Cell> cells = matrix().filter((cell) -> wanted.stream().anyMatch((pattern) -> pattern.test(cell)))
			.toList();
		if (cells.isEmpty()) {
			throw new IllegalArgumentException(
					"'%s' fits no cell; a cell has one policy, one mechanism, one kind and one order"
						.formatted(patterns));
		}
		return new Selection(patterns, text == null, cells);
	}

	private static Predicate<Cell> pattern(String pattern) {
		if (pattern.strip().equals(ALL)) {
			return (_) -> true;
		}
		List<String> names = List.of(pattern.strip().split("/", -1));
		names.stream().filter((name) -> !NAMES.contains(name)).findFirst().ifPresent((unknown) -> {
			throw new IllegalArgumentException(
					"'%s' is none of %s, %s".formatted(unknown, ALL, String.join(", ", NAMES)));
		});
		return (cell) -> List.of(cell.id().split("/")).containsAll(names);
	}

	/** All cells, ordered by policy, order, mechanism and kind. */
	public static Stream<Cell> matrix() {
		return Arrays.stream(Policy.values())
			.flatMap((policy) -> Arrays.stream(Order.values())
				.flatMap((order) -> Arrays.stream(Mechanism.values())
					.flatMap((mechanism) -> Arrays.stream(Kind.values())
						.map((kind) -> new Cell(policy, mechanism, kind, order)))));
	}

}

package io.pyserver.documents;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a page says that commands print. It differs from run to run, and is compared
 * without what has to differ: the names of pods, addresses, times, durations, and how
 * many spaces are between two columns. A {@code …} stands for anything in its line, and
 * as a line of its own for any number of lines.
 */
record Shown(Block block) {

	private static final String ANYTHING = "…";

	private static final List<Entry<Pattern, String>> DIFFERS = List.of(
			Map.entry(Pattern.compile("\\bpyserver-[0-9a-f]+-[0-9a-z]{5}\\b"), "<pod>"),
			Map.entry(Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}\\b"), "<address>"),
			Map.entry(Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"), "<time>"),
			Map.entry(Pattern.compile("\\b\\d\\d/[A-Z][a-z]{2}/\\d{4} [\\d:]{8}"), "<time>"),
			Map.entry(Pattern.compile("\\b(\\d+(\\.\\d+)?(ms|s|m|h|d))+\\b"), "<duration>"),
			Map.entry(Pattern.compile(" +"), " "));

	/** The first difference, in one line, or null if there is none. */
	@Nullable String difference(String printed) {
		List<String> actual = printed.strip().lines().toList();
		int next = 0;
		boolean skipping = false;
		for (int i = 0; i < this.block.lines().size(); i++) {
			String shown = this.block.lines().get(i);
			if (shown.strip().equals(ANYTHING)) {
				skipping = true;
				continue;
			}
			Pattern wanted = pattern(shown);
			while (skipping && next < actual.size() && !matches(wanted, actual.get(next))) {
				next++;
			}
			skipping = false;
			if (next == actual.size()) {
				return "%s: \"%s\" is shown, and %s printed".formatted(this.block.at(i), shown,
						actual.isEmpty() ? "nothing was" : "no such line was");
			}
			if (!matches(wanted, actual.get(next))) {
				return "%s: \"%s\" is shown, and \"%s\" was printed".formatted(this.block.at(i), shown,
						actual.get(next));
			}
			next++;
		}
		return (next < actual.size() && !skipping) ? "%s: \"%s\" was printed as well, and is not shown"
			.formatted(this.block.at(this.block.lines().size() - 1), actual.get(next)) : null;
	}

	private static boolean matches(Pattern wanted, String line) {
		return wanted.matcher(alike(line)).matches();
	}

	private static Pattern pattern(String shown) {
		return Pattern
			.compile(Stream.of(alike(shown).split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
	}

	private static String alike(String line) {
		String alike = line;
		for (Entry<Pattern, String> differs : DIFFERS) {
			alike = differs.getKey().matcher(alike).replaceAll(differs.getValue());
		}
		return alike.stripTrailing();
	}

}

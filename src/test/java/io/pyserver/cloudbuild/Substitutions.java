package io.pyserver.cloudbuild;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Cloud Build puts for {@code $NAME} and <code>${NAME}</code>; {@code $$} becomes a
 * single one.
 *
 * @param values by name, without the sign
 * @see <a href=
 * "https://docs.cloud.google.com/build/docs/configuring-builds/substitute-variable-values">
 * Substituting variable values</a>
 */
record Substitutions(Map<String, String> values) {

	private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|\\{(\\w+)}|([A-Za-z_]\\w*))");

	/** These and others. */
	Substitutions with(Map<String, String> others) {
		Map<String, String> all = new TreeMap<>(this.values);
		all.putAll(others);
		return new Substitutions(all);
	}

	/**
	 * A text with its substitutions made.
	 * @throws IllegalArgumentException where it names one that is not there
	 */
	String in(String text) {
		return REFERENCE.matcher(text).replaceAll((reference) -> Matcher.quoteReplacement(value(reference.group())));
	}

	private String value(String reference) {
		if (reference.equals("$$")) {
			return "$";
		}
		String value = this.values.get(name(reference));
		if (value == null) {
			throw new IllegalArgumentException(
					"There is no substitution %s; a $ for the shell is written $$".formatted(reference));
		}
		return value;
	}

	/** The names that a text asks for. */
	static Set<String> namedIn(String text) {
		return REFERENCE.matcher(text)
			.results()
			.map((reference) -> reference.group())
			.filter((reference) -> !reference.equals("$$"))
			.map(Substitutions::name)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String name(String reference) {
		return reference.replaceAll("[${}]", "");
	}

}

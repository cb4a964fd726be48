package io.pyserver.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands of {@code gcloud} that the documents use, with all flags that each has, by
 * {@code gcloud-reference.tsv}: gcloud itself is not to be had on every machine.
 *
 * @param flags of a command, by its words; those of every command by the empty string
 */
record Gcloud(Map<String, Set<String>> flags) {

	private static final Path FILE = Path.of("src/test/resources/documents/gcloud-reference.tsv");

	private static final Pattern COMMAND = Pattern.compile("\\bgcloud ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)*)");

	private static final Pattern FLAG = Pattern.compile("(?<=\\s)(--[a-z][a-z0-9-]*)");

	private static final Gcloud REFERENCE = read();

	static Gcloud reference() {
		return REFERENCE;
	}

	private static Gcloud read() {
		try (Stream<String> lines = Files.lines(FILE)) {
			return new Gcloud(lines.filter((line) -> !line.startsWith("#"))
				.map((line) -> line.split("\t", -1))
				.collect(Collectors.toMap((fields) -> fields[0], (fields) -> Set.of(fields[2].split(" ")),
						(first, _) -> first, TreeMap::new)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What is wrong with a line of a block.
	 * @param block all of it: a command may go on in the next line
	 */
	Stream<String> findings(String line, String block) {
		if (!line.contains("gcloud ")) {
			return Stream.empty();
		}
		String whole = block.replace("\\\n", " ")
			.lines()
			.filter((each) -> each.startsWith(line.replaceFirst("\\s*\\\\$", "")))
			.findFirst()
			.orElse(line);
		return COMMAND.matcher(line).results().flatMap((found) -> findings(found, whole));
	}

	private Stream<String> findings(MatchResult found, String line) {
		Optional<String> command = command(found.group(1));
		if (command.isEmpty()) {
			return Stream.of("gcloud has no command \"%s\", or its reference here lacks it".formatted(found.group(1)));
		}
		return FLAG.matcher(line)
			.results()
			.map((flag) -> flag.group(1))
			.filter((flag) -> !this.flags.get(command.get()).contains(flag) && !this.flags.get("").contains(flag))
			.map((flag) -> "gcloud %s has no flag %s".formatted(command.get(), flag));
	}

	/** The longest one that these words begin with. */
	private Optional<String> command(String words) {
		return this.flags.keySet()
			.stream()
			.filter((command) -> !command.isEmpty() && (words + " ").startsWith(command + " "))
			.max(Comparator.comparing(String::length));
	}

}

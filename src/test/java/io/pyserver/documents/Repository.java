package io.pyserver.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of this repository, some of which may have another text than on the disk.
 *
 * @param changed the text of those that do, by path
 */
record Repository(Map<String, String> changed) {

	/** As it is. */
	static Repository asItIs() {
		return new Repository(Map.of());
	}

	/**
	 * The same with one text replaced in one file.
	 * @throws IllegalArgumentException if the file does not have it
	 */
	Repository with(String path, String before, String after) {
		String text = text(path);
		if (!text.contains(before)) {
			throw new IllegalArgumentException(path + " has no " + before);
		}
		Map<String, String> all = new TreeMap<>(this.changed);
		all.put(path, text.replace(before, after));
		return new Repository(all);
	}

	String text(String path) {
		String text = this.changed.get(path);
		return (text != null) ? text : read(Path.of(path));
	}

	boolean has(String path) {
		return Files.exists(Path.of(path));
	}

	/** README.md, what is in {@code docs}, and the other pages that it links to. */
	List<Document> documents() {
		return Stream.of(Stream.of("README.md", "CONTRIBUTING.md", "bench/README.md"), files("docs", ".md").stream())
			.flatMap((paths) -> paths)
			.map(this::document)
			.toList();
	}

	Document document(String path) {
		return new Document(path, text(path).lines().toList());
	}

	/** Every file below a folder whose name ends like this. */
	List<String> files(String folder, String end) {
		try (Stream<Path> found = Files.walk(Path.of(folder))) {
			return found.map(Path::toString).filter((path) -> path.endsWith(end)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path path) {
		try {
			return Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

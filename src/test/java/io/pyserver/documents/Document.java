package io.pyserver.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of Markdown.
 *
 * @param path from the repository's root
 */
record Document(String path, List<String> lines) {

	private static final Pattern FENCE = Pattern.compile("```(.*)");

	private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	/** Its fenced blocks, in order. */
	List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		int opened = -1;
		for (int i = 0; i < this.lines.size(); i++) {
			if (!FENCE.matcher(this.lines.get(i)).matches()) {
				continue;
			}
			if (opened < 0) {
				opened = i;
			}
			else {
				blocks.add(new Block(this.path, opened + 2, this.lines.get(opened).substring("```".length()).strip(),
						this.lines.subList(opened + 1, i)));
				opened = -1;
			}
		}
		return blocks;
	}

	/** Where its links lead, with the line that each is in. */
	List<Link> links() {
		List<Link> links = new ArrayList<>();
		List<String> prose = prose();
		for (int i = 0; i < prose.size(); i++) {
			int line = i + 1;
			LINK.matcher(prose.get(i)).results().forEach((link) -> links.add(new Link(line, link.group(1))));
		}
		return links;
	}

	/** What a link to one of its headings may say behind the {@code #}. */
	Set<String> anchors() {
		return prose().stream()
			.map(HEADING::matcher)
			.filter((heading) -> heading.matches())
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	/** What is not in a block, with an empty line for each that is. */
	private List<String> prose() {
		List<String> prose = new ArrayList<>(this.lines);
		blocks().forEach((block) -> {
			for (int i = 0; i < block.lines().size(); i++) {
				prose.set(block.line() - 1 + i, "");
			}
		});
		return prose;
	}

	/** A link to somewhere. */
	record Link(int line, String target) {
	}

}

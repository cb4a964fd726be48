package io.pyserver.documents;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What can be seen of the documents without running anything. Each finding is a line with
 * page, line, and what is wrong.
 */
record Checks(Repository repository) {

	static final int README_LINES = 100;

	private static final Pattern MANIFEST = Pattern.compile("\\bk8s/[\\w./-]+\\w");

	private static final Pattern SCRIPT = Pattern.compile("(?:^|\\s)(?:\\./[\\w.-]+|bench/[a-z]+)(?=\\s|$)");

	private static final Pattern POLICY = Pattern
		.compile("(?<![\\w-])(?<!components/)(?:default-deny|allow)-[a-z]+(?:-[a-z]+)*(?![\\w-])");

	private static final Pattern WORKLOAD = Pattern.compile("\\bdeployment/([\\w-]+)");

	private static final Pattern NAME = Pattern.compile("(?m)^  name: (\\S+)$");

	/** All of them; Cloud Build's commands of gcloud are documents as well. */
	List<String> findings() {
		Build build = Build.of(this.repository);
		Stream<String> pages = this.repository.documents()
			.stream()
			.flatMap((document) -> Stream
				.of(links(document), manifests(document), properties(document, build), commands(document),
						yaml(document))
				.flatMap(Function.identity()));
		return Stream.of(readme(), pages, shippedManifests(), cloudBuild()).flatMap(Function.identity()).toList();
	}

	private Stream<String> readme() {
		int lines = this.repository.document("README.md").lines().size();
		return (lines > README_LINES)
				? Stream.of("README.md:%d: it has %d lines, and %d are enough".formatted(lines, lines, README_LINES))
				: Stream.empty();
	}

	private Stream<String> links(Document document) {
		return document.links()
			.stream()
			.filter((link) -> !link.target().matches("[a-z]+:.*"))
			.filter((link) -> !resolves(document, link.target()))
			.map((link) -> "%s:%d: the link to %s leads nowhere".formatted(document.path(), link.line(),
					link.target()));
	}

	private boolean resolves(Document document, String target) {
		String file = target.replaceFirst("#.*", "");
		String path = file.isEmpty() ? document.path()
				: Path.of(document.path()).resolveSibling(file).normalize().toString();
		return this.repository.has(path) && (!target.contains("#")
				|| this.repository.document(path).anchors().contains(target.replaceFirst(".*#", "")));
	}

	/** Wherever a page names a manifest or a folder of manifests. */
	private Stream<String> manifests(Document document) {
		return eachLine(document.path(), 1, document.lines(),
				(line) -> MANIFEST.matcher(line)
					.results()
					.map((match) -> match.group())
					.filter((path) -> !this.repository.has(path))
					.map((path) -> "there is no " + path));
	}

	/** Wherever a page gives one to Maven, in a sentence as well. */
	private static Stream<String> properties(Document document, Build build) {
		return eachLine(document.path(), 1, document.lines(), build::findings);
	}

	private Stream<String> commands(Document document) {
		Gcloud gcloud = Gcloud.reference();
		Set<String> policies = policies();
		return document.blocks()
			.stream()
			.filter((block) -> block.hasCommands() || block.isShown())
			.flatMap((block) -> eachLine(block.document(), block.line(), block.lines(), (line) -> {
				Stream<String> names = Stream.concat(unknown(POLICY, line, policies, "policy in k8s"),
						unknown(WORKLOAD, line, Set.of("pyserver"), "Deployment in k8s"));
				return block.isShown() ? names : Stream.of(names, scripts(line), gcloud.findings(line, block.text()))
					.flatMap(Function.identity());
			}));
	}

	private static Stream<String> unknown(Pattern pattern, String line, Set<String> known, String what) {
		return pattern.matcher(line)
			.results()
			.map((match) -> match.group(match.groupCount()))
			.filter((name) -> !known.contains(name))
			.map((name) -> "there is no %s of the name %s".formatted(what, name));
	}

	private Stream<String> scripts(String line) {
		return SCRIPT.matcher(line)
			.results()
			.map((match) -> match.group().strip())
			.filter((path) -> !this.repository.has(path))
			.map((path) -> "there is no " + path);
	}

	private Set<String> policies() {
		return Set.copyOf(this.repository.files("k8s/components", "networkpolicy.yaml")
			.stream()
			.map(this.repository::text)
			.flatMap((text) -> NAME.matcher(text).results().map((name) -> name.group(1)))
			.toList());
	}

	/** One without a kind is part of a container. */
	private Stream<String> yaml(Document document) {
		return document.blocks()
			.stream()
			.filter((block) -> block.info().equals("yaml"))
			.flatMap((block) -> Manifest.finding(block.text()).map((finding) -> block.at(0) + ": " + finding).stream());
	}

	private Stream<String> shippedManifests() {
		return this.repository.files("k8s", ".yaml")
			.stream()
			.filter((path) -> !path.endsWith("kustomization.yaml"))
			.flatMap((path) -> Stream.of(this.repository.text(path).split("(?m)^---$"))
				.flatMap((object) -> Manifest.finding(object).stream())
				.map((finding) -> path + ":1: " + finding));
	}

	private Stream<String> cloudBuild() {
		Document build = this.repository.document("cloudbuild.yaml");
		return eachLine(build.path(), 1, build.lines(),
				(line) -> Gcloud.reference().findings(line, String.join("\n", build.lines())));
	}

	private static Stream<String> eachLine(String path, int first, List<String> lines,
			Function<String, Stream<String>> findings) {
		return IntStream.range(0, lines.size())
			.boxed()
			.flatMap((i) -> findings.apply(lines.get(i))
				.map((finding) -> "%s:%d: %s".formatted(path, first + i, finding)));
	}

}

package io.pyserver.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

import io.pyserver.lab.evidence.Policy;

/**
 * A run for people: one page that needs nothing but itself, on a phone, on paper and on a
 * screen.
 */
final class HtmlPage {

	private final Html html = new Html();

	private final LabRun run;

	private final Matrix matrix;

	private HtmlPage(LabRun run) {
		this.run = run;
		this.matrix = Matrix.of(run);
	}

	static String of(LabRun run) throws IOException {
		HtmlPage page = new HtmlPage(run);
		page.document();
		return page.html.toString();
	}

	private void document() throws IOException {
		OpeningSentence sentence = OpeningSentence.of(this.run);
		this.html.open("html", "lang", "en").open("head");
		this.html.empty("meta", "charset", "utf-8");
		this.html.empty("meta", "http-equiv", "Content-Security-Policy", "content",
				"default-src 'none'; style-src 'unsafe-inline'");
		this.html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
		this.html.empty("meta", "name", "color-scheme", "content", "light dark");
		this.html.put("title", sentence.claim()).style(css()).close();
		this.html.open("body").open("main");
		opening(sentence);
		about();
		MatrixTable.append(this.html, this.matrix);
		Legend.append(this.html);
		cells();
		this.html.close().close().close();
	}

	private static String css() throws IOException {
		try (InputStream css = HtmlPage.class.getResourceAsStream("report.css")) {
			return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private void opening(OpeningSentence sentence) {
		this.html.open("header").open("h1");
		this.html.put("span", sentence.claim() + ":", "class", "claim").text(" ");
		this.html.put("span", sentence.evidence() + ".", "class", "evidence").close().close();
		List<String> limits = this.run.cluster().limits();
		if (!limits.isEmpty()) {
			this.html.open("section", "class", "limits").put("h2", "What narrows this");
			this.html.list(limits).close();
		}
	}

	private void about() {
		TestedCluster cluster = this.run.cluster();
		this.html.open("section").put("h2", "The run").open("dl");
		this.html.fact("Cluster", cluster.name());
		this.html.fact("Kubernetes", cluster.kubernetes());
		this.html.fact("Policy engine", cluster.engine());
		this.html.fact("Nodes", String.join(", ", cluster.nodes()));
		this.html.fact("Image", cluster.image());
		this.html.fact("Started", Times.utc(this.run.started()));
		this.html.fact("Took", Times.rough(Duration.between(this.run.started(), this.run.ended())));
		new TreeMap<>(this.run.settings()).forEach(this.html::fact);
		this.html.close().close();
	}

	private void cells() {
		this.html.open("section").put("h2", "Each cell");
		for (Policy policy : this.matrix.policies()) {
			this.html.open("section").put("h3", policy.label());
			this.html.put("p", meaning(policy), "class", "meaning");
			this.matrix.rows(policy)
				.stream()
				.flatMap((row) -> this.matrix.columns().stream().map((column) -> this.matrix.all(row, column)))
				.forEach((results) -> CellSection.append(this.html, results));
			this.html.close();
		}
		this.html.close();
	}

	private static String meaning(Policy policy) {
		return switch (policy) {
			case NONE -> "No policy: the baseline that every other one is compared with.";
			case DENY_INGRESS -> "Default-deny-ingress: nothing gets into a pod that is not allowed, and nothing is.";
			case DENY_EGRESS -> "Default-deny-egress: nothing gets out of a pod.";
			case DENY_BOTH -> "Both default-deny policies: nothing gets into a pod, nothing out.";
			case ALLOW_PEER -> "Both default-deny policies, and one that lets in a peer with a label.";
		};
	}

}

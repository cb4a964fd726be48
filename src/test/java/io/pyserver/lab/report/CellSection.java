package io.pyserver.lab.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.Verdict;

/**
 * All that is known of a cell from one of its results; unfolded where its probes are not
 * shown to survive.
 */
final class CellSection {

	private final Html html;

	private final CellResult result;

	private final CellEvidence evidence;

	private final String id;

	private CellSection(Html html, CellResult result, String id) {
		this.html = html;
		this.result = result;
		this.evidence = result.evidence();
		this.id = id;
	}

	/**
	 * One for each of a cell's results, of which the first is what the matrix links to.
	 */
	static void append(Html html, List<CellResult> results) {
		for (int i = 0; i < results.size(); i++) {
			CellResult result = results.get(i);
			String cell = result.evidence().cell().id();
			new CellSection(html, result, (i == 0) ? cell : cell + "/" + (i + 1))
				.append((results.size() == 1) ? cell : result.title());
		}
	}

	private void append(String title) {
		Verdict verdict = this.result.finding().verdict();
		if (verdict == Verdict.SURVIVES) {
			this.html.open("details", "class", "cell");
		}
		else {
			this.html.open("details", "class", "cell", "open", "open");
		}
		summary(verdict, title);
		this.html.open("div", "class", "known", "id", this.id);
		because(this.result.finding().because());
		details(this.result.details());
		timeline();
		ControlsTable.append(this.html, this.evidence);
		ProbeFacts.append(this.html, this.evidence);
		harm();
		causality();
		PodFacts.append(this.html, this.evidence.subject());
		this.html.close().close();
	}

	private void summary(Verdict verdict, String title) {
		this.html.open("summary").open("h4");
		this.html.open("span", "class", "verdict " + verdict.label());
		this.html.put("span", VerdictWords.sign(verdict), "aria-hidden", "true");
		this.html.text(" " + VerdictWords.word(verdict)).close().text(" ");
		this.html.put("span", title, "class", "id").close().close();
	}

	private void because(List<String> because) {
		this.html.list(because.isEmpty() ? List.of("No reason is given.") : because, "class", "because");
		String problem = this.evidence.problem();
		if (problem != null) {
			this.html.open("p", "class", "problem").put("strong", "The experiment ended early: ");
			this.html.text(problem).close();
		}
	}

	private void details(@Nullable String folder) {
		if (folder != null) {
			this.html.open("p").put("a", "Logs, events, objects and rules", "href", folder + "/").close();
		}
	}

	private void timeline() {
		Span.of(this.evidence).ifPresentOrElse((span) -> {
			this.html.open("figure");
			Timeline.append(this.html, this.id, this.evidence, span);
			this.html.open("figcaption").open("ol", "class", "marks");
			this.evidence.marks().forEach((mark) -> this.html.put("li", TimelineText.mark(mark, this.evidence, span)));
			this.html.close().put("a", "The signs", "href", "#legend").close().close();
		}, () -> this.html.put("p", "Nothing was seen of it in time."));
	}

	private void harm() {
		Harm harm = this.evidence.harm();
		this.html.put("h5", "Harm while nothing was broken on purpose");
		this.html.open("dl").fact("Restarts", String.valueOf(harm.restarts()));
		this.html.fact("Unhealthy events", String.valueOf(harm.unhealthy().size()));
		if (harm.since() != null) {
			this.html.fact("Since", Times.utc(harm.since()));
		}
		this.html.close();
		if (!harm.unhealthy().isEmpty()) {
			this.html.list(harm.unhealthy(), "class", "events");
		}
	}

	private void causality() {
		Causality causality = this.evidence.causality();
		this.html.put("h5", "Is it this probe that the kubelet acts on?");
		if (causality == null) {
			this.html.put("p", "Not tried: the experiment did not get that far.");
			return;
		}
		this.html.open("dl").fact("Broken on purpose", causality.broken());
		this.html.fact("Had to follow", causality.expected());
		this.html.fact("Followed", causality.followed() ? "\u2713 yes" : "\u2717 no");
		this.html.fact("Bystanders harmed",
				causality.bystanders().isEmpty() ? "none" : String.join(", ", causality.bystanders()));
		this.html.close();
		if (!causality.events().isEmpty()) {
			this.html.list(causality.events(), "class", "events");
		}
	}

}

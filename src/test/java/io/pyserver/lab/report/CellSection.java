package io.pyserver.lab.report;

import java.util.List;

import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.Verdict;

/** All that is known of a cell; unfolded where its probes are not shown to survive. */
final class CellSection {

	private final Html html;

	private final CellEvidence evidence;

	private CellSection(Html html, CellEvidence evidence) {
		this.html = html;
		this.evidence = evidence;
	}

	static void append(Html html, CellResult result) {
		CellSection section = new CellSection(html, result.evidence());
		Verdict verdict = result.finding().verdict();
		if (verdict == Verdict.SURVIVES) {
			html.open("details", "class", "cell");
		}
		else {
			html.open("details", "class", "cell", "open", "open");
		}
		section.summary(verdict);
		html.open("div", "class", "known", "id", result.evidence().cell().id());
		section.because(result.finding().because());
		section.timeline();
		ControlsTable.append(html, result.evidence());
		ProbeFacts.append(html, result.evidence());
		section.harm();
		section.causality();
		PodFacts.append(html, result.evidence().subject());
		html.close().close();
	}

	private void summary(Verdict verdict) {
		Cell cell = this.evidence.cell();
		this.html.open("summary").open("h4");
		this.html.open("span", "class", "verdict " + verdict.label());
		this.html.put("span", VerdictWords.sign(verdict), "aria-hidden", "true");
		this.html.text(" " + VerdictWords.word(verdict)).close().text(" ");
		this.html.put("span", cell.id(), "class", "id").close().close();
	}

	private void because(List<String> because) {
		this.html.list(because.isEmpty() ? List.of("No reason is given.") : because, "class", "because");
		String problem = this.evidence.problem();
		if (problem != null) {
			this.html.open("p", "class", "problem").put("strong", "The experiment ended early: ");
			this.html.text(problem).close();
		}
	}

	private void timeline() {
		Span.of(this.evidence).ifPresentOrElse((span) -> {
			this.html.open("figure");
			Timeline.append(this.html, this.evidence, span);
			this.html.open("figcaption").open("ol", "class", "marks");
			this.evidence.marks().forEach((mark) -> this.html.put("li", TimelineText.mark(mark, this.evidence, span)));
			this.html.close().put("a", "The signs", "href", "#legend").close().close();
		}, () -> this.html.put("p", "Nothing was seen of it in time."));
	}

	private void harm() {
		Harm harm = this.evidence.harm();
		this.html.put("h5", "Harm while nothing was broken on purpose");
		this.html.open("dl").fact("Restarts", String.valueOf(harm.restarts()));
		this.html.fact("Unhealthy events", String.valueOf(harm.unhealthy().size())).close();
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

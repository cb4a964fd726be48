package io.pyserver.lab.report;

import java.time.Duration;
import java.util.List;

import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Origin;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.SeenProbe;

/** The probes of a cell: how many, how often, and from where. */
final class ProbeFacts {

	private static final int LISTED = 300;

	private final Html html;

	private final CellEvidence evidence;

	private final ProbeEvidence probes;

	private ProbeFacts(Html html, CellEvidence evidence, ProbeEvidence probes) {
		this.html = html;
		this.evidence = evidence;
		this.probes = probes;
	}

	static void append(Html html, CellEvidence evidence) {
		html.put("h5", "Probes");
		if (evidence.probes() == null) {
			html.put("p", "No evidence of probes.");
			return;
		}
		ProbeFacts facts = new ProbeFacts(html, evidence, evidence.probes());
		facts.counts();
		facts.sources();
		facts.all("All %d of the kind, in seconds", evidence.probes().seen());
		facts.all("All %d that claimed to be one, in seconds", evidence.probes().claimed());
	}

	private void counts() {
		List<SeenProbe> enforced = this.probes.enforced();
		this.html.open("dl")
			.fact("During the watch", "%d in %s".formatted(enforced.size(),
					Times.exact(Duration.between(this.probes.since(), this.probes.until()))));
		this.html.fact("Period", Times.exact(this.probes.period()));
		this.html.fact("Longest gap", longestGap());
		if (!enforced.isEmpty()) {
			this.html.fact("First and last", time(enforced.getFirst()) + " s, " + time(enforced.getLast()) + " s");
		}
		this.html.fact("By the log", String.valueOf(this.probes.byLog()));
		this.html.fact("By the pod\u2019s history",
				(this.probes.byHistory() != null) ? String.valueOf(this.probes.byHistory()) : "not kept");
		this.html.fact("Claimed to be probes", String.valueOf(this.probes.claimed().size())).close();
	}

	private String longestGap() {
		String gap = Times.exact(this.probes.longestGap());
		return (this.evidence.cell().kind() == Kind.STARTUP) ? gap + ": startup probes end with the first success"
				: gap;
	}

	private void sources() {
		List<Source> sources = Source.of(this.probes.enforced(), this.evidence);
		if (sources.isEmpty()) {
			return;
		}
		this.html.open("table").open("thead").open("tr").put("th", "source", "scope", "col");
		this.html.put("th", "probes", "scope", "col").put("th", "which is", "scope", "col").close().close();
		this.html.open("tbody");
		for (Source source : sources) {
			boolean foreign = source.origin().isForeignTo(this.evidence.cell().mechanism());
			this.html.open("tr").put("th", source.address(), "scope", "row");
			this.html.put("td", String.valueOf(source.count()));
			this.html.put("td", (foreign ? "\u2717 " : "") + words(source.origin()), "class",
					foreign ? "wrong" : "right");
			this.html.close();
		}
		this.html.close().close();
	}

	private static String words(Origin origin) {
		return switch (origin) {
			case OWN_NODE -> "the pod\u2019s own node";
			case INSIDE_THE_POD -> "inside the pod";
			case ELSEWHERE -> "not the pod\u2019s own node";
			case UNKNOWN -> "unknown: the node\u2019s addresses are not";
		};
	}

	private void all(String title, List<SeenProbe> listed) {
		if (listed.isEmpty()) {
			return;
		}
		this.html.open("details").put("summary", title.formatted(listed.size()));
		for (Source source : Source.of(listed, this.evidence)) {
			this.html.open("p", "class", "times").put("b", source.address()).text(": ");
			List<String> times = listed.stream()
				.filter((probe) -> probe.source().equals(source.address()))
				.map((probe) -> probe.answered() ? time(probe) : time(probe) + "\u00a0\u2717")
				.toList();
			times.stream().limit(LISTED).forEach((time) -> this.html.text(time + " "));
			if (times.size() > LISTED) {
				this.html.text("\u2026 and %d more, in report.json".formatted(times.size() - LISTED));
			}
			this.html.close();
		}
		this.html.close();
	}

	private String time(SeenProbe probe) {
		Duration since = Span.of(this.evidence).map((span) -> span.since(probe.at())).orElse(Duration.ZERO);
		return Times.number(since);
	}

}

package io.pyserver.lab.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;

/** A cell's controls by phase: what had to be, what was. */
final class ControlsTable {

	private ControlsTable() {
	}

	static void append(Html html, CellEvidence evidence) {
		html.put("h5", "Controls");
		if (evidence.controls().isEmpty()) {
			html.put("p", "None was tried.");
			return;
		}
		html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Controls");
		html.open("table").open("thead").open("tr").put("th", "control", "scope", "col");
		html.put("th", "expected during", "scope", "col");
		Arrays.stream(Phase.values()).forEach((phase) -> html.put("th", phase.label(), "scope", "col"));
		html.close().close().open("tbody");
		evidence.controls().forEach((control) -> row(html, control, evidence.cell().policy()));
		html.close().close().close();
	}

	private static void row(Html html, ControlEvidence control, Policy policy) {
		html.open("tr").put("th", control.control().label(), "scope", "row");
		html.put("td", Expectation.of(control.control(), policy, Phase.DURING).label());
		for (Phase phase : Phase.values()) {
			List<Attempt> attempts = control.attempts().stream().filter((attempt) -> attempt.phase() == phase).toList();
			boolean met = attempts.stream()
				.allMatch((attempt) -> Expectation.of(control.control(), policy, attempt, control.attempts())
					.metBy(attempt.reach()));
			if (met) {
				html.put("td", summary(attempts));
			}
			else {
				html.put("td", "\u2717 " + summary(attempts), "class", "wrong");
			}
		}
		html.close();
	}

	private static String summary(List<Attempt> attempts) {
		if (attempts.isEmpty()) {
			return "\u2013";
		}
		Map<Reach, Long> counts = attempts.stream()
			.collect(Collectors.groupingBy(Attempt::reach, TreeMap::new, Collectors.counting()));
		return counts.entrySet()
			.stream()
			.map((count) -> count.getValue() + " " + count.getKey().label().replace('-', ' '))
			.collect(Collectors.joining(", "));
	}

}

package io.pyserver.lab.report;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Observation.Subject;

/**
 * What was observed of a cell, and what follows from it.
 *
 * @param observation what was observed
 * @param finding what follows from it
 * @param details the folder with logs, events and objects, by its path from the report
 * such as {@code details/deny-both-pod-first}, or null without one
 */
@JsonPropertyOrder({ "finding", "details", "observation" })
public record CellResult(@JsonUnwrapped Observation observation, @JsonUnwrapped Finding finding,
		@Nullable String details) {

	private static final int LENGTH = 240;

	private static final String CUT = " ...";

	/** The cell, its verdict and the reasons, in at most 240 characters of ASCII. */
	public String line() {
		String line = VisibleText
			.ascii("%s: %s: %s".formatted(title(), verdict().name(), String.join("; ", this.finding.because())));
		return (line.length() > LENGTH) ? line.substring(0, LENGTH - CUT.length()) + CUT : line;
	}

	/**
	 * Does nothing if the probe survives.
	 * @throws AssertionError with the line if it does not
	 */
	public void assertSurvives() {
		if (verdict() != Verdict.SURVIVES) {
			throw new AssertionError(line());
		}
	}

	/** The name of the cell, and of the node if there was a pod. */
	String title() {
		return cell().id() + node().map(" on node "::concat).orElse("");
	}

	Cell cell() {
		return this.observation.cell();
	}

	Verdict verdict() {
		return this.finding.verdict();
	}

	/** The node of its pod, or empty if there was no pod. */
	Optional<String> node() {
		return Optional.ofNullable(this.observation.subject()).map(Subject::node);
	}

	/** Whether the cell has a policy. */
	boolean isUnderPolicies() {
		return cell().policy() != Policy.NONE;
	}

}

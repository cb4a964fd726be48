package io.pyserver.lab.report;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Subject;
import io.pyserver.lab.evidence.Verdict;

/**
 * What was seen of a cell, and what follows from it.
 *
 * @param observation what was seen
 * @param finding what follows from that
 * @param details the folder with all else that was kept of it, by its path from the
 * report such as {@code details/deny-both-pod-first}, or null without one
 */
@JsonPropertyOrder({ "finding", "details", "observation" })
public record CellResult(@JsonUnwrapped Observation observation, @JsonUnwrapped Finding finding,
		@Nullable String details) {

	private static final int LENGTH = 240;

	private static final String CUT = " ...";

	/** For a terminal, in at most 240 characters of visible ASCII. */
	public String line() {
		List<String> because = this.finding.because();
		String line = VisibleText.ascii("%s: %s: %s".formatted(title(), verdict().name(),
				because.isEmpty() ? "no reason is given" : String.join("; ", because)));
		return (line.length() > LENGTH) ? line.substring(0, LENGTH - CUT.length()) + CUT : line;
	}

	/**
	 * Passes where the probes were shown to survive.
	 * @throws AssertionError with the line, where they were not
	 */
	public void assertSurvives() {
		if (verdict() != Verdict.SURVIVES) {
			throw new AssertionError(line());
		}
	}

	/** The cell, and the node where there was a pod. */
	String title() {
		return cell().id() + node().map(" on node "::concat).orElse("");
	}

	Cell cell() {
		return this.observation.cell();
	}

	Verdict verdict() {
		return this.finding.verdict();
	}

	/** The node that its pod ran on; empty where there was no pod. */
	Optional<String> node() {
		return Optional.ofNullable(this.observation.subject()).map(Subject::node);
	}

	/** Whether its probes had policies to survive. */
	boolean isUnderPolicies() {
		return cell().policy() != Policy.NONE;
	}

}

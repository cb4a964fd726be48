package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.SeenProbe;
import io.pyserver.lab.evidence.Subject;

/**
 * The time that a cell's evidence covers.
 *
 * @param zero when the pod was created, or else the first mark, or else the first moment
 */
record Span(Instant zero, Instant first, Instant last) {

	/** Empty where nothing was seen. */
	static Optional<Span> of(CellEvidence evidence) {
		List<Instant> moments = moments(evidence).sorted().toList();
		if (moments.isEmpty()) {
			return Optional.empty();
		}
		Subject subject = evidence.subject();
		Instant begin = evidence.marks().isEmpty() ? moments.getFirst() : evidence.marks().getFirst().at();
		return Optional
			.of(new Span((subject != null) ? subject.created() : begin, moments.getFirst(), moments.getLast()));
	}

	private static Stream<Instant> moments(CellEvidence evidence) {
		Subject subject = evidence.subject();
		ProbeEvidence probes = evidence.probes();
		return Stream
			.of(Stream.ofNullable(subject).map(Subject::created), evidence.marks().stream().map(Mark::at),
					evidence.controls().stream().flatMap((control) -> control.attempts().stream()).map(Attempt::at),
					Stream.ofNullable(probes)
						.flatMap((seen) -> Stream.concat(seen.seen().stream(), seen.claimed().stream()))
						.map(SeenProbe::at))
			.flatMap((each) -> each);
	}

	Duration length() {
		return Duration.between(this.first, this.last);
	}

	/** The time since zero, which is negative before it. */
	Duration since(Instant moment) {
		return Duration.between(this.zero, moment);
	}

}

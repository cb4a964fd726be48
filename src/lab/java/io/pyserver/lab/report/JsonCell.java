package io.pyserver.lab.report;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.ImageIdentity;
import io.pyserver.lab.evidence.Latency;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.Restart;
import io.pyserver.lab.evidence.SeenProbe;
import io.pyserver.lab.evidence.Subject;
import io.pyserver.lab.evidence.Unready;

/** A cell's result in the report for programs. */
record JsonCell(String id, @JsonUnwrapped Cell cell, @JsonUnwrapped Finding finding, @Nullable String problem,
		@Nullable String details, @Nullable Pod subject, List<Tried> controls, @Nullable Probes probes, Harmed harm,
		@Nullable Causality causality, List<Mark> marks) {

	static JsonCell of(CellResult result) {
		CellEvidence evidence = result.evidence();
		Cell cell = evidence.cell();
		Subject subject = evidence.subject();
		ProbeEvidence probes = evidence.probes();
		return new JsonCell(cell.id(), cell, result.finding(), evidence.problem(), result.details(),
				(subject != null) ? Pod.of(subject) : null,
				evidence.controls().stream().map((control) -> Tried.of(control, cell.policy())).toList(),
				(probes != null) ? Probes.of(probes, evidence) : null, Harmed.of(evidence), evidence.causality(),
				evidence.marks());
	}

	record Pod(String namespace, String pod, String node, SortedSet<String> nodeAddresses, String image,
			@Nullable String expectedImage, SortedSet<String> expectedManifests, boolean probed, Instant created,
			@Nullable Instant policyCreated) {

		static Pod of(Subject subject) {
			ImageIdentity expected = subject.expectedImage();
			return new Pod(subject.namespace(), subject.pod(), subject.node(), new TreeSet<>(subject.nodeAddresses()),
					subject.image(), (expected != null) ? expected.configuration() : null,
					new TreeSet<>((expected != null) ? expected.manifests() : Set.of()), subject.probed(),
					subject.created(), subject.policyCreated());
		}

	}

	record Tried(Control control, Expectation expected, List<Attempt> attempts) {

		static Tried of(ControlEvidence evidence, Policy policy) {
			return new Tried(evidence.control(), Expectation.of(evidence.control(), policy, Phase.DURING),
					evidence.attempts());
		}

	}

	record Probes(long periodMs, Instant since, Instant until, int enforced, Counted counts, long longestGapMs,
			@Nullable Latency latencyBefore, @Nullable Latency latencyUnder, List<Source> sources, List<SeenProbe> seen,
			List<SeenProbe> claimed) {

		static Probes of(ProbeEvidence probes, CellEvidence evidence) {
			return new Probes(probes.period().toMillis(), probes.since(), probes.until(), probes.enforced().size(),
					Counted.of(probes.counts()), probes.longestGap().toMillis(), probes.before(), probes.under(),
					Source.of(probes.enforced(), evidence), probes.seen(), probes.claimed());
		}

	}

	record Counted(ProbeCounts.Source source, Instant exposed, Instant enforced, Instant end, long failedOnArrival,
			long failedWhileEnforced, long successfulWhileEnforced, List<ProbeCount> readings) {

		static Counted of(ProbeCounts counts) {
			return new Counted(counts.source(), counts.exposed(), counts.enforced(), counts.end(),
					counts.failedOnArrival(), counts.failedWhileEnforced(), counts.successfulWhileEnforced(),
					counts.readings());
		}

	}

	record Harmed(int restarts, List<Restart> restarted, long outOfServiceMs, List<String> unhealthy,
			@Nullable Instant since, @Nullable Unready unready) {

		static Harmed of(CellEvidence evidence) {
			Harm harm = evidence.harm();
			return new Harmed(harm.restarts().size(), harm.restarts(), harm.outOfService().toMillis(), harm.said(),
					(evidence.probes() != null) ? evidence.probes().counts().firstFailure().orElse(null) : null,
					harm.unready());
		}

	}

}

package io.pyserver.lab.lesson;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Pod;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.lesson.Reachability.Measurement;
import io.pyserver.lab.shipped.PodHealth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What follows from which evidence. */
class EvidenceTest {

	private static final String NODE = "10.42.0.1";

	private static final Fetch PAGE = new Fetch(Reach.REACHED, "Built Locally and Pushed");

	private static final Fetch NO_PAGE = new Fetch(Reach.TIMED_OUT, "");

	private final Reachability open = everything(Reach.REACHED);

	private final PodEvidence healthy = pod(probes(6, NODE, 200), PAGE, 0, 0);

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "TIMED_OUT" })
	void probesThatArriveWhileEverythingIsDeniedSurvive(Reach denied) {
		assertThat(verdict(denied(denied), this.healthy, this.healthy)).isEqualTo(Verdict.SURVIVES);
	}

	@ParameterizedTest
	@EnumSource(names = { "POD_TO_POD_PING", "OWN_NODE_TO_POD" }, mode = EnumSource.Mode.EXCLUDE)
	void oneOpenControlIsEnoughToProveNothing(Control control) {
		assertThat(verdict(deniedBut(control), this.healthy)).isEqualTo(Verdict.NOT_ENFORCED);
	}

	@Test
	void pingMayBeLetThrough() {
		assertThat(verdict(deniedBut(Control.POD_TO_POD_PING), this.healthy)).isEqualTo(Verdict.SURVIVES);
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "TIMED_OUT" })
	void anOwnNodeThatIsBlockedIsBroken(Reach blocked) {
		assertThat(verdict(everything(blocked), this.healthy)).isEqualTo(Verdict.BROKEN);
	}

	@Test
	void whatWasBlockedBeforeThePoliciesProvesNothing() {
		Reachability denied = denied(Reach.TIMED_OUT);
		assertThat(new Evidence(denied, List.of(), denied, List.of(this.healthy), this.open).verdict())
			.isEqualTo(Verdict.NOT_ENFORCED);
	}

	@Test
	void whatStaysBlockedAfterThePoliciesProvesNothing() {
		Reachability denied = denied(Reach.TIMED_OUT);
		assertThat(new Evidence(this.open, List.of(), denied, List.of(this.healthy), denied).verdict())
			.isEqualTo(Verdict.NOT_ENFORCED);
	}

	@Test
	void withoutAnyPodNothingIsProved() {
		assertThat(verdict(denied(Reach.TIMED_OUT))).isEqualTo(Verdict.NOT_ENFORCED);
	}

	@Test
	void oneBrokenPodIsEnough() {
		assertBroken(pod(probes(6, NODE, 200), PAGE, 1, 0));
		assertBroken(pod(probes(6, NODE, 200), PAGE, 0, 1));
		assertBroken(pod(probes(6, NODE, 200), NO_PAGE, 0, 0));
		assertBroken(pod(probes(5, NODE, 200), PAGE, 0, 0));
		assertBroken(pod(List.of(), PAGE, 0, 0));
		assertBroken(pod(withGap(), PAGE, 0, 0));
		assertBroken(pod(probes(6, NODE, 500), PAGE, 0, 0));
		assertBroken(pod(probes(6, "10.42.1.7", 200), PAGE, 0, 0));
	}

	private void assertBroken(PodEvidence broken) {
		assertThat(verdict(denied(Reach.REFUSED), this.healthy, broken)).as("%s", broken).isEqualTo(Verdict.BROKEN);
	}

	private Verdict verdict(Reachability during, PodEvidence... pods) {
		return new Evidence(this.open, List.of(), during, List.of(pods), this.open).verdict();
	}

	private static Reachability everything(Reach reach) {
		return reachability((_) -> reach);
	}

	/** As it has to be under the policies. */
	private static Reachability denied(Reach denied) {
		return reachability((control) -> (control == Control.OWN_NODE_TO_POD) ? Reach.REACHED : denied);
	}

	private static Reachability deniedBut(Control open) {
		return reachability(
				(control) -> (control == open || control == Control.OWN_NODE_TO_POD) ? Reach.REACHED : Reach.REFUSED);
	}

	private static Reachability reachability(Function<Control, Reach> reach) {
		return new Reachability(Stream.of(Control.values())
			.map((control) -> new Measurement(control, "pod", reach.apply(control)))
			.toList());
	}

	private static PodEvidence pod(List<LogLine> probes, Fetch page, int restarts, int unhealthy) {
		Pod pod = new Pod("pyserver", "pod", "10.42.0.9", "node", true, 0, "250m", "sha256:1");
		return new PodEvidence(pod, Instant.EPOCH, Set.of(NODE, "127.0.0.1"), probes, page,
				new PodHealth(restarts, unhealthy));
	}

	private static List<LogLine> probes(int count, String source, int status) {
		return IntStream.rangeClosed(1, count)
			.mapToObj((i) -> new LogLine(Instant.EPOCH.plus(Evidence.PERIOD.multipliedBy(i)), source, "GET /", status,
					"node", "liveness", false))
			.toList();
	}

	/** Enough probes, over enough time, but for two that are missing in the middle. */
	private static List<LogLine> withGap() {
		List<LogLine> probes = new ArrayList<>(probes(9, NODE, 200));
		probes.subList(4, 6).clear();
		return probes;
	}

}

package io.pyserver.lab.cluster;

import java.time.Instant;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.ProbeEvidence.Latency;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;

import static org.assertj.core.api.Assertions.assertThat;

/** Which nodes are read, how often, and what a kubelet of Kubernetes 1.34 publishes. */
class ProbeMetricsTest {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	private final ProbeMetrics metrics = this.cluster.run().metrics();

	private final ProbeMetrics.Reading reading = ProbeMetrics.Reading.parse(NOW,
			"""
					# HELP prober_probe_total [BETA] Cumulative number of a liveness, readiness or startup probe for a container by result.
					# TYPE prober_probe_total counter
					prober_probe_total{container="pyserver",namespace="lab",pod="a",pod_uid="1",probe_type="Liveness",result="failed"} 3
					prober_probe_total{container="pyserver",namespace="lab",pod="a",pod_uid="1",probe_type="Liveness",result="successful"} 1.2e+01
					prober_probe_total{container="pyserver",namespace="lab",pod="a",pod_uid="1",probe_type="Readiness",result="unknown"} 2
					prober_probe_total{container="sidecar",namespace="lab",pod="a",pod_uid="1",probe_type="Readiness",result="failed"} 40
					prober_probe_total{container="pyserver",namespace="other",pod="a",pod_uid="2",probe_type="Readiness",result="failed"} 41
					prober_probe_duration_seconds_bucket{container="pyserver",namespace="lab",pod="a",probe_type="Liveness",le="0.005"} 5
					prober_probe_duration_seconds_bucket{container="pyserver",namespace="lab",pod="a",probe_type="Liveness",le="0.01"} 9
					prober_probe_duration_seconds_bucket{container="pyserver",namespace="lab",pod="a",probe_type="Liveness",le="+Inf"} 10
					prober_probe_duration_seconds_sum{container="pyserver",namespace="lab",pod="a",probe_type="Liveness"} 0.04
					process_start_time_seconds 1.79596458249e+09
					""");

	@Test
	void aNodeThatAnswersIsRead() {
		this.cluster.pods("lab").count("a", Kind.LIVENESS, "failed", 4);
		this.metrics.open("one");

		assertThat(this.metrics.refusal("one")).isEmpty();
		assertThat(this.metrics.read("one").count("lab", "a", Kind.LIVENESS).failed()).isEqualTo(4);
	}

	@Test
	void callersOfTheSameMomentShareAReading() {
		Instant moment = Instant.now();

		assertThat(this.metrics.read("one", moment)).isSameAs(this.metrics.read("one", moment));
	}

	@Test
	void aReadingThatIsTooOldIsReplaced() {
		assertThat(this.metrics.read("one")).isNotSameAs(this.metrics.read("one", Instant.now().plusSeconds(1)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 405 })
	void theRefusalNamesTheNode(int status) {
		this.cluster.answer("/api/v1/nodes/odd/proxy/metrics/probes", status, "no");
		this.metrics.open("odd");

		assertThat(this.metrics.refusal("odd"))
			.hasValueSatisfying((reason) -> assertThat(reason).startsWith("node odd: "));
	}

	@Test
	void onlyTheContainerUnderTestIsCounted() {
		assertThat(this.reading.count("lab", "a", Kind.LIVENESS)).isEqualTo(new ProbeCount(NOW, 12, 3, 0));
		assertThat(this.reading.count("lab", "a", Kind.READINESS)).isEqualTo(new ProbeCount(NOW, 0, 0, 2));
	}

	@Test
	void aPodThatWasNotProbedYetHasTheCountZero() {
		assertThat(this.reading.count("lab", "b", Kind.LIVENESS)).isEqualTo(new ProbeCount(NOW, 0, 0, 0));
	}

	@Test
	void latenciesAreInterpolated() {
		assertThat(this.reading.latencies("lab", "a", Kind.LIVENESS).latency()).isEqualTo(new Latency(10, 5, 10));
		assertThat(this.reading.latencies("lab", "a", Kind.STARTUP).latency()).isNull();
	}

	@Test
	void anAnswerInAnotherFormatHasNoCounts() {
		assertThat(ProbeMetrics.Reading.parse(NOW, "<html>prober_probe_total{ 7</html>\n\n").values()).isEmpty();
	}

}

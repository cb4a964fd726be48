package io.pyserver.lab.cluster;

import java.time.Instant;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.lab.evidence.Cell.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** Which nodes' counts are read, and how often. */
class ProbeMetricsTest {

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	private final ProbeMetrics metrics = this.cluster.run().metrics();

	@Test
	void aNodeThatAnswersIsRead() {
		this.cluster.pods("lab").count("a", Kind.LIVENESS, "failed", 4);
		this.metrics.open("one");

		assertThat(this.metrics.refusal("one")).isEmpty();
		assertThat(this.metrics.read("one").count("lab", "a", Kind.LIVENESS).failed()).isEqualTo(4);
	}

	@Test
	void oneReadingServesAllThatAskAtTheSameTime() {
		Instant moment = Instant.now();

		assertThat(this.metrics.read("one", moment)).isSameAs(this.metrics.read("one", moment));
	}

	@Test
	void whatHasToBeReadNowIsReadAgain() {
		assertThat(this.metrics.read("one")).isNotSameAs(this.metrics.read("one", Instant.now().plusSeconds(1)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 405 })
	void aNodeThatRefusesIsNamedWithTheReason(int status) {
		this.cluster.server()
			.expect()
			.get()
			.withPath("/api/v1/nodes/odd/proxy/metrics/probes")
			.andReturn(status, "no")
			.always();
		this.metrics.open("odd");

		assertThat(this.metrics.refusal("odd"))
			.hasValueSatisfying((reason) -> assertThat(reason).startsWith("node odd: "));
	}

}

package io.pyserver.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Pod;
import io.pyserver.lab.cluster.PortForward;
import io.pyserver.lab.evidence.Origin;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.SeenProbe;
import io.pyserver.lab.shipped.Overlay;
import io.pyserver.lab.shipped.Policies;
import io.pyserver.lab.shipped.Workload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the service says of its callers, and that its probes are what keeps it alive: all
 * of it under policies that deny everything.
 */
@ClusterTest
@Order(Integer.MAX_VALUE - 1)
@TestInstance(Lifecycle.PER_CLASS)
class WhoCalledIT {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private Cluster cluster;

	private Workload workload;

	private Pod pod;

	private Pod other;

	private List<LogLine> beforeThePolicies;

	@BeforeAll
	void callAndThenDenyEverything(Cluster cluster) {
		this.cluster = cluster;
		this.workload = Workload.deploy(cluster,
				new Overlay(cluster.namespaces().name("who"), cluster, LabSettings.current().period()));
		this.pod = this.workload.pods().getFirst();
		this.other = this.workload.pods().getLast();
		if (cluster.nodes().size() > 1) {
			assertThat(this.pod.node()).isNotEqualTo(this.other.node());
		}
		await().atMost(PATIENCE)
			.until(() -> this.workload.fetchFrom(this.other, this.pod.url()).reach() == Reach.REACHED);
		assertThat(this.workload.forgeProbeFrom(this.other, this.pod.url() + "&forged").reach())
			.isEqualTo(Reach.REACHED);
		await().atMost(PATIENCE).until(() -> !requestsFor("/?control&forged").isEmpty());
		this.beforeThePolicies = this.workload.accessLog(this.pod);
		new Policies(cluster.kubectl(), this.workload.namespace()).apply();
		await().atMost(PATIENCE).until(() -> this.workload.fetchFrom(this.other, this.pod.url()).reach().blocked());
	}

	@AfterAll
	void delete() {
		if (this.workload != null) {
			this.workload.remove();
		}
	}

	@Test
	void aRequestFromTheOtherPodIsAPods() {
		assertThat(this.beforeThePolicies).filteredOn((line) -> line.request().equals("GET /?control"))
			.isNotEmpty()
			.allSatisfy((line) -> {
				assertThat(line.source()).isEqualTo(this.other.ip());
				assertThat(line.caller()).isEqualTo("pod");
				assertThat(line.probe()).isEqualTo("none");
				assertThat(line.claimed()).isFalse();
			});
	}

	@Test
	void aForgedProbeIsClaimedAndIsNone() {
		assertThat(this.beforeThePolicies).filteredOn((line) -> line.request().endsWith("&forged"))
			.singleElement()
			.satisfies((line) -> {
				assertThat(line.caller()).isEqualTo("pod");
				assertThat(line.probe()).isEqualTo("none");
				assertThat(line.claimed()).isTrue();
			});
	}

	@Test
	void underThePoliciesEachPodIsProbedByItsNode() {
		for (Pod each : List.of(this.pod, this.other)) {
			Instant enforced = this.workload.lastRequest(each);
			for (String kind : List.of("liveness", "readiness")) {
				List<LogLine> probes = await().atMost(PATIENCE)
					.until(() -> this.workload.accessLog(each)
						.stream()
						.filter((line) -> line.time().isAfter(enforced) && line.probe().equals(kind))
						.toList(), (lines) -> !lines.isEmpty());
				assertThat(probes).allSatisfy((probe) -> {
					assertThat(probe.caller()).isEqualTo("node");
					if (this.cluster.nodeOf(each).hasWayIn()) {
						assertThat(Origin.of(new SeenProbe(probe.time(), probe.source(), true),
								this.cluster.nodeOf(each).addresses()))
							.as(probe.source())
							.isEqualTo(Origin.OWN_NODE);
					}
				});
			}
		}
	}

	@Test
	void aPodWhoseLivenessIsBrokenRestartsAndNoOther() {
		this.workload.awaitReady();
		Pod before = this.workload.again(this.pod);
		Pod otherBefore = this.workload.again(this.other);
		int unhealthy = this.workload.health(this.pod).unhealthy();
		try (PortForward operator = this.workload.forward(this.pod)) {
			await().atMost(PATIENCE).until(() -> operator.get("/actuator/probes").has("kinds"));
			assertThat(operator.post("/actuator/liveness", "{\"state\":\"broken\"}").path("state").asString())
				.isEqualTo("broken");
			JsonNode history = await().atMost(PATIENCE)
				.until(() -> operator.get("/actuator/probes"),
						(probes) -> probes.at("/kinds/liveness/failures").asInt(0) > 0);
			assertThat(history.path("calls").valueStream()).anyMatch(
					(call) -> call.path("probe").asString().equals("liveness") && call.path("status").asInt() == 503);
		}
		await().atMost(PATIENCE).until(() -> this.workload.again(this.pod).restarts() > before.restarts());
		this.workload.awaitReady();
		assertThat(this.workload.again(this.pod).restarts()).isEqualTo(before.restarts() + 1);
		assertThat(this.workload.health(this.pod).unhealthy()).isGreaterThan(unhealthy);
		assertThat(this.workload.unhealthyMessages(this.pod))
			.anyMatch((message) -> message.startsWith("Liveness") && message.contains("503"));
		assertThat(this.workload.again(this.other).restarts()).isEqualTo(otherBefore.restarts());
		assertThat(this.workload.unhealthyMessages(this.other))
			.noneMatch((message) -> message.startsWith("Liveness") && message.contains("503"));
	}

	@Test
	void anAnswerThatComesTooLateIsATimeout() {
		try (PortForward operator = this.workload.forward(this.other)) {
			await().atMost(PATIENCE).until(() -> operator.get("/actuator/readiness").has("state"));
			operator.post("/actuator/readiness", "{\"delayMs\":5000}");
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(this.workload.unhealthyMessages(this.other)).anyMatch(
						(message) -> message.startsWith("Readiness probe failed") && message.contains("exceeded")));
			operator.post("/actuator/readiness", "{\"delayMs\":0}");
		}
		this.workload.awaitReady();
	}

	private List<LogLine> requestsFor(String target) {
		return this.workload.accessLog(this.pod)
			.stream()
			.filter((line) -> line.request().equals("GET " + target))
			.toList();
	}

}

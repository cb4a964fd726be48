package io.pyserver.probe;

import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.manifests.Enforcement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.operator.PortForward;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.ProbeEvidence.Origin;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.Reach;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;
import io.pyserver.lab.shipped.Policies;
import io.pyserver.lab.shipped.Workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the service says of its callers, and what becomes of answers that are wrong or
 * late: all of it under policies that deny everything.
 */
@ClusterTest
@Order(Integer.MAX_VALUE - 1)
@TestInstance(Lifecycle.PER_CLASS)
class WhoCalledIT {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private PodGroup group;

	private Workload workload;

	private String name;

	private String other;

	private List<LogLine> beforeThePolicies;

	@BeforeAll
	void callAndThenDenyEverything(Cluster cluster) {
		this.workload = Workload.deploy(cluster, "who", LabSettings.current().period());
		this.group = this.workload.group();
		List<String> names = this.group.pods().keySet().stream().sorted().toList();
		this.name = names.getFirst();
		this.other = names.getLast();
		if (cluster.nodes().size() > 1) {
			assertThat(nodeOf(this.name)).isNotEqualTo(nodeOf(this.other));
		}
		await().atMost(PATIENCE).until(() -> fetch() == Reach.REACHED);
		assertThat(fetch(Limits.ALL.open(), "&forged", "--header", "Probe: liveness", "-U", "kube-probe/1.34"))
			.isEqualTo(Reach.REACHED);
		await().atMost(PATIENCE)
			.until(() -> accessLog(this.name).stream().anyMatch((line) -> line.request().endsWith("&forged")));
		this.beforeThePolicies = accessLog(this.name);
		new Policies(this.group, Policy.DENY_BOTH).apply();
		Enforcement.await(Control.POD_TO_POD, this::fetch);
	}

	@AfterAll
	void delete() {
		if (this.workload != null) {
			this.workload.remove();
		}
	}

	@Test
	void aRequestFromAPodHasTheCallerPod() {
		assertThat(this.beforeThePolicies).filteredOn((line) -> line.request().equals("GET /?control"))
			.isNotEmpty()
			.allSatisfy((line) -> {
				assertThat(line.source()).isEqualTo(ipOf(this.other));
				assertThat(line.caller()).isEqualTo("pod");
				assertThat(line.probe()).isEqualTo("none");
				assertThat(line.claimed()).isFalse();
			});
	}

	@Test
	void aForgedProbeIsClaimedAndNotCounted() {
		assertThat(this.beforeThePolicies).filteredOn((line) -> line.request().endsWith("&forged"))
			.singleElement()
			.satisfies((line) -> {
				assertThat(line.caller()).isEqualTo("pod");
				assertThat(line.probe()).isEqualTo("none");
				assertThat(line.claimed()).isTrue();
			});
	}

	@Test
	void eachPodIsProbedByItsNodeUnderThePolicies() {
		for (String each : List.of(this.name, this.other)) {
			Instant enforced = accessLog(each).getLast().time();
			for (Kind kind : List.of(Kind.LIVENESS, Kind.READINESS)) {
				List<LogLine> probes = await().atMost(PATIENCE)
					.until(() -> accessLog(each).stream()
						.filter((line) -> line.time().isAfter(enforced) && line.probe().equals(kind.label()))
						.toList(), (lines) -> !lines.isEmpty());
				assertThat(probes).allSatisfy((probe) -> {
					assertThat(probe.caller()).isEqualTo("node");
					if (nodeOf(each).canRunCommands()) {
						assertThat(Origin.of(new SeenProbe(probe.time(), probe.source(), true, false),
								nodeOf(each).addresses()))
							.as(probe.source())
							.isEqualTo(Origin.OWN_NODE);
					}
				});
			}
		}
	}

	/** What the kubelet makes of liveness is the lesson's: it costs a start. */
	@Test
	void aBrokenProbeIsInTheHistoryAndOnlyThatPodIsUnready() {
		try (PortForward operator = PortForward.to(this.group, this.name)) {
			await().atMost(PATIENCE).until(() -> operator.get("/actuator/probes").has("kinds"));
			assertThat(operator.post("/actuator/readiness", "{\"state\":\"broken\"}").path("state").asString())
				.isEqualTo("broken");
			await().atMost(PATIENCE).untilAsserted(() -> {
				JsonNode history = operator.get("/actuator/probes");
				assertThat(history.at("/kinds/readiness/failures").asInt(0)).isPositive();
				assertThat(history.path("calls").valueStream())
					.anyMatch((call) -> call.path("probe").asString().equals("readiness")
							&& call.path("status").asInt() == 503);
			});
			await().atMost(PATIENCE).until(() -> !ContainerUnderTest.isReady(this.group.pod(this.name)));
			operator.post("/actuator/readiness", "{\"state\":\"correct\"}");
		}
		this.workload.awaitReady();
		assertThat(unhealthy(this.name)).anyMatch(WhoCalledIT::isRefusedReadiness);
		assertThat(unhealthy(this.other)).noneMatch(WhoCalledIT::isRefusedReadiness);
	}

	private static boolean isRefusedReadiness(String message) {
		return message.startsWith("Readiness") && message.contains("503");
	}

	@Test
	void aLateAnswerIsATimeout() {
		try (PortForward operator = PortForward.to(this.group, this.other)) {
			await().atMost(PATIENCE).until(() -> operator.get("/actuator/readiness").has("state"));
			operator.post("/actuator/readiness", "{\"delayMs\":5000}");
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(unhealthy(this.other)).anyMatch(
						(message) -> message.startsWith("Readiness probe failed") && message.contains("exceeded")));
			operator.post("/actuator/readiness", "{\"delayMs\":0}");
		}
		this.workload.awaitReady();
	}

	/** Asks for the page from inside the other pod, over a new connection. */
	private Reach fetch() {
		return fetch(Limits.ALL.blocked(), "");
	}

	private Reach fetch(Duration limit, String query, String... options) {
		return Fetch.byWget(this.group.shell(this.other)
			.run(Fetch.wgetWithin(limit, "http://" + ipOf(this.name) + "/?control" + query, options)));
	}

	private Node nodeOf(String pod) {
		return this.group.cluster().nodeOf(this.group.pods().get(pod));
	}

	private String ipOf(String pod) {
		return this.group.pods().get(pod).getStatus().getPodIP();
	}

	private List<LogLine> accessLog(String pod) {
		return LogLine.parseAll(this.group.printed(pod));
	}

	private List<String> unhealthy(String pod) {
		return this.group.events().of(pod).unhealthy().messages();
	}

}

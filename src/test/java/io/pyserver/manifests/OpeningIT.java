package io.pyserver.manifests;

import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.k3s.ClusterTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Control.Reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where everything is denied, {@code allow-dns} opens the way to the cluster's DNS, and
 * nothing else. The DNS is a stand-in: a throw-away cluster is started without one.
 */
@ClusterTest(throwAway = true)
@Order(3)
class OpeningIT {

	private static final Duration SETTLED_WITHIN = LabSettings.current().settle();

	private static final String DNS = "io-pyserver-dns";

	private static final String NO_DNS = "io-pyserver-no-dns";

	private Cluster cluster;

	private String namespace;

	@Test
	void allowDnsAllowsOnlyDns(Cluster cluster) {
		this.cluster = cluster;
		this.namespace = cluster.run().namespace("opening");
		start();
		String dns = "http://" + address(DNS) + ":53/";
		List<String> others = List.of("http://" + address(NO_DNS) + ":53/", "http://" + address(DNS) + ":9102/");
		await().atMost(SETTLED_WITHIN).untilAsserted(() -> {
			assertThat(blocked(dns)).as(dns).isFalse();
			assertThat(others).noneMatch(this::blocked);
		});
		assertThat(questionArrives()).as("a question by UDP arrives").isTrue();

		apply("default-deny-ingress");
		apply("default-deny-egress");
		Enforcement.await(Control.POD_TO_OUTSIDER, () -> fetch(dns));
		await().untilAsserted(() -> assertThat(questionArrives()).as("a question by UDP arrives").isFalse());

		apply("allow-dns");
		await().atMost(SETTLED_WITHIN).untilAsserted(() -> assertThat(blocked(dns)).as(dns).isFalse());
		assertThat(questionArrives()).as("a question by UDP arrives").isTrue();
		assertThat(others).allMatch(this::blocked);
	}

	private void start() {
		List<HasMetadata> objects = List.of(
				new NamespaceBuilder().withNewMetadata()
					.withName(this.namespace)
					.withLabels(this.cluster.run().label())
					.endMetadata()
					.build(),
				server("kube-system", DNS, "{k8s-app: kube-dns}"), server("kube-system", NO_DNS, "{k8s-app: another}"),
				server(this.namespace, "client", "{app: client}"));
		try (ConcurrencyLimit.Permit _ = this.cluster.run().starts().acquire()) {
			objects.forEach((object) -> api().resource(object).create());
			objects.stream()
				.filter(Pod.class::isInstance)
				.forEach((pod) -> api().resource(pod)
					.waitUntilReady(LabSettings.current().ready().toSeconds(), TimeUnit.SECONDS));
		}
	}

	/** It serves on port 53, and closes what comes to 9102. */
	private Pod server(String namespace, String name, String labels) {
		return Serialization.unmarshal("""
				apiVersion: v1
				kind: Pod
				metadata: {name: %s, namespace: %s, labels: %s}
				spec:
				  terminationGracePeriodSeconds: 0
				  securityContext:
				    sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: "0"}]
				  containers:
				    - name: pyserver
				      image: %s
				      imagePullPolicy: %s
				      env:
				        - {name: SERVER_PORT, value: "53"}
				        - {name: PYSERVER_TCP_PROBES, value: readiness=9102}
				      readinessProbe:
				        httpGet: {path: /, port: 53}
				        periodSeconds: 1
				        timeoutSeconds: 3
				""".formatted(name, namespace, labels, this.cluster.image(), this.cluster.imagePullPolicy()),
				Pod.class);
	}

	private void apply(String policy) {
		try {
			Path file = Path.of("k8s/components", policy, "networkpolicy.yaml");
			NetworkPolicy object = Serialization.unmarshal(Files.readString(file), NetworkPolicy.class);
			object.getMetadata().setNamespace(this.namespace);
			api().resource(object).create();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean blocked(String url) {
		return fetch(url).blocked();
	}

	private Reach fetch(String url) {
		return Fetch.byWget(client().run(Fetch.wgetWithin(Limits.ALL.blocked(), url)));
	}

	/** Nobody listens there for UDP, which the kernel counts. */
	private boolean questionArrives() {
		long before = datagramsWithoutListener();
		client().run("timeout", "2", "nslookup", "pyserver.example", address(DNS));
		return datagramsWithoutListener() > before;
	}

	private long datagramsWithoutListener() {
		String udp = this.cluster.shell("kube-system", DNS, "pyserver")
			.run("cat", "/proc/net/snmp")
			.orThrow("reading /proc/net/snmp")
			.stdout()
			.lines()
			.filter((line) -> line.matches("Udp: \\d.*"))
			.findFirst()
			.orElseThrow();
		return Long.parseLong(udp.split(" ")[2]);
	}

	private Shell client() {
		return this.cluster.shell(this.namespace, "client", "pyserver");
	}

	private String address(String pod) {
		return pod("kube-system", pod).get().getStatus().getPodIP();
	}

	private PodResource pod(String namespace, String name) {
		return api().pods().inNamespace(namespace).withName(name);
	}

	private KubernetesClient api() {
		return this.cluster.client();
	}

	@AfterEach
	void remove() {
		api().pods().inNamespace("kube-system").withName(DNS).delete();
		api().pods().inNamespace("kube-system").withName(NO_DNS).delete();
		api().namespaces().withName(this.namespace).delete();
	}

}

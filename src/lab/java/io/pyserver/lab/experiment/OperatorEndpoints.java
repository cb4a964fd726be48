package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Cell.Kind;

/**
 * The service's endpoints for operators, called from inside the pod, where policies have
 * no effect. A command takes 20 seconds at most.
 */
public record OperatorEndpoints(Shell pod) {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Pattern GATEWAY = Pattern.compile("default via ([0-9a-f.:]+)");

	/**
	 * Sets how the service answers a kind of probe.
	 * @param body JSON, as docs/service.md describes it
	 * @throws IllegalStateException if the service does not accept it
	 */
	public void set(Kind kind, String body) {
		this.pod
			.run(Fetch.wgetWithin(LIMIT, "http://127.0.0.1:8081/actuator/" + kind.label(), "--header",
					"Content-Type: application/json", "--post-data", body))
			.orThrow("Setting %s in %s to %s".formatted(kind.label(), this.pod, body));
	}

	public void breakProbe(Kind kind) {
		set(kind, "{\"state\":\"broken\"}");
	}

	void repairProbe(Kind kind) {
		set(kind, "{\"state\":\"correct\"}");
	}

	/** The pod's default gateways, which are addresses of its node on most networks. */
	Set<String> gateways() {
		String routes = this.pod.run("sh", "-c", "ip route; ip -6 route").stdout();
		return GATEWAY.matcher(routes).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

}

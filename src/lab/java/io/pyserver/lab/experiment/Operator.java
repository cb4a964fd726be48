package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Cell.Kind;

/**
 * Asks a pod from inside, as an operator would, because that works under any policy. An
 * answer takes 20 seconds at most.
 */
public record Operator(Shell pod) {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Pattern GATEWAY = Pattern.compile("default via ([0-9a-f.:]+)");

	/**
	 * Decides how the service answers a kind of probe.
	 * @param body JSON, as the service documents it
	 * @throws IllegalStateException when it does not take it
	 */
	public void set(Kind kind, String body) {
		this.pod
			.run(Fetch.wgetWithin(LIMIT, "http://127.0.0.1:8081/actuator/" + kind.label(), "--header",
					"Content-Type: application/json", "--post-data", body))
			.orThrow("Setting %s in %s to %s".formatted(kind.label(), this.pod, body));
	}

	/** Makes what a probe asks for fail. */
	public void breakProbe(Kind kind) {
		set(kind, "{\"state\":\"broken\"}");
	}

	/** Makes it work again. */
	void mend(Kind kind) {
		set(kind, "{\"state\":\"correct\"}");
	}

	/** Its default gateways, which are addresses of its node on most networks. */
	Set<String> gateways() {
		Output routes = this.pod.run("sh", "-c", "ip route; ip -6 route");
		return GATEWAY.matcher(routes.stdout()).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

}

package io.pyserver.lab.experiment;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a pod from inside, as an operator would, because that works under any policy. An
 * answer takes 20 seconds at most.
 */
public record Operator(Shell pod) {

	private static final Pattern GATEWAY = Pattern.compile("default via ([0-9a-f.:]+)");

	private static final String POST = "wget -q -O - --header 'Content-Type: application/json' --post-data \"$1\" \"$0\"";

	/**
	 * Decides how the service answers a kind of probe.
	 * @param body JSON, as the service documents it
	 */
	public Output set(Kind kind, String body) {
		return this.pod.run("timeout", "20", "sh", "-c", POST, "http://127.0.0.1/actuator/" + kind.label(), body);
	}

	/**
	 * How many probes of each kind its history counts; nothing where it does not answer.
	 */
	Map<Kind, Integer> history() {
		Output answer = this.pod.run("timeout", "20", "wget", "-q", "-O", "-", "http://127.0.0.1/actuator/probes");
		Map<Kind, Integer> counts = new HashMap<>();
		if (answer.succeeded()) {
			JsonNode kinds = JsonMapper.shared().readTree(answer.stdout()).path("kinds");
			for (Kind kind : Kind.values()) {
				counts.put(kind, kinds.path(kind.label()).path("count").asInt());
			}
		}
		return counts;
	}

	/** Its default gateways, which are addresses of its node on most networks. */
	Set<String> gateways() {
		Output routes = this.pod.run("sh", "-c", "ip route; ip -6 route");
		return GATEWAY.matcher(routes.stdout()).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

}

package io.pyserver.lab.experiment;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Kind;

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
		return this.pod.run("timeout", "20", "sh", "-c", POST, "http://127.0.0.1:8081/actuator/" + kind.label(), body);
	}

	/** Its default gateways, which are addresses of its node on most networks. */
	Set<String> gateways() {
		Output routes = this.pod.run("sh", "-c", "ip route; ip -6 route");
		return GATEWAY.matcher(routes.stdout()).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

}

package io.pyserver.lab.cluster;

import tools.jackson.databind.JsonNode;

/**
 * A pod of the workload as the API server shows it.
 *
 * @param image the identity of the running image, not its name
 * @param restarts how often its container was started again
 */
public record Pod(String namespace, String name, String ip, String node, boolean ready, int restarts, String cpuLimit,
		String image) {

	public static Pod of(JsonNode pod) {
		JsonNode container = PodGroup.status(pod);
		return new Pod(pod.path("metadata").path("namespace").asString(), pod.path("metadata").path("name").asString(),
				pod.path("status").path("podIP").asString(""), pod.path("spec").path("nodeName").asString(""),
				container.path("ready").asBoolean(false), container.path("restartCount").asInt(0),
				PodGroup.container(pod).at("/resources/limits/cpu").asString(""),
				container.path("imageID").asString(""));
	}

	/** The page's address; the query tells a control from a probe in the log. */
	public String url() {
		return "http://" + this.ip + "/?control";
	}

}

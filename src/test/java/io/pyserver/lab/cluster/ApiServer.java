package io.pyserver.lab.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/** What the lab asks of a cluster's API server again and again. */
public interface ApiServer {

	/**
	 * Reads an object, or a list of them.
	 * @param path with its query, such as {@code /api/v1/nodes}
	 * @throws IllegalStateException when there is no such answer
	 */
	JsonNode get(String path);

	/**
	 * What the running container under test has printed in each of several pods, each
	 * line behind its time.
	 * @return nothing for a pod whose container has not started yet
	 * @throws IllegalStateException when a pod's log cannot be read
	 */
	Map<String, String> logs(String namespace, Collection<String> pods);

	/**
	 * What the container before the running one has printed.
	 * @return nothing where there was none, or the kubelet has removed it
	 */
	String previousLog(String namespace, String pod);

	/**
	 * Runs a command in the container under test of a pod.
	 * @throws IllegalStateException when it cannot be told how it ended
	 */
	Output exec(String namespace, String pod, List<String> command);

	/** The log of one pod. */
	default String log(String namespace, String pod) {
		return logs(namespace, List.of(pod)).getOrDefault(pod, "");
	}

}

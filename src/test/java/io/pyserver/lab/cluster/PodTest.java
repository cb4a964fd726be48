package io.pyserver.lab.cluster;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A pod may hold containers that somebody injected, in front of the one under test. */
class PodTest {

	private static final JsonNode INJECTED = JsonMapper.shared().readTree("""
			{"metadata": {"namespace": "lab", "name": "pyserver-1"},
			 "spec": {"nodeName": "agent1", "containers": [
			   {"name": "istio-proxy", "resources": {"limits": {"cpu": "2"}}},
			   {"name": "pyserver", "resources": {"limits": {"cpu": "250m"}}}]},
			 "status": {"podIP": "10.42.1.9", "containerStatuses": [
			   {"name": "istio-proxy", "ready": false, "restartCount": 7, "imageID": "sha256:other"},
			   {"name": "pyserver", "ready": true, "restartCount": 1, "imageID": "sha256:service"}]}}
			""");

	@Test
	void onlyTheContainerUnderTestIsLookedAt() {
		assertThat(Pod.of(INJECTED))
			.isEqualTo(new Pod("lab", "pyserver-1", "10.42.1.9", "agent1", true, 1, "250m", "sha256:service"));
		assertThat(PodGroup.isReady(INJECTED)).isTrue();
		assertThat(PodGroup.restarts(INJECTED)).isEqualTo(1);
		assertThat(PodGroup.container(INJECTED).path("name").asString()).isEqualTo("pyserver");
	}

}

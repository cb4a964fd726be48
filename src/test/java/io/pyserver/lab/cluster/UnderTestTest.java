package io.pyserver.lab.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A pod may hold containers that somebody injected, in front of the one under test. */
class UnderTestTest {

	private static final Pod INJECTED = Serialization.unmarshal("""
			{"metadata": {"namespace": "lab", "name": "pyserver-1"},
			 "spec": {"containers": [
			   {"name": "istio-proxy", "image": "other"},
			   {"name": "pyserver", "image": "service"}]},
			 "status": {"containerStatuses": [
			   {"name": "istio-proxy", "ready": false, "restartCount": 7, "imageID": "sha256:other"},
			   {"name": "pyserver", "ready": true, "restartCount": 1, "imageID": "sha256:service"}]}}
			""", Pod.class);

	@Test
	void onlyTheContainerUnderTestIsLookedAt() {
		assertThat(UnderTest.isReady(INJECTED)).isTrue();
		assertThat(UnderTest.restarts(INJECTED)).isEqualTo(1);
		assertThat(UnderTest.image(INJECTED)).isEqualTo("sha256:service");
		assertThat(UnderTest.container(INJECTED).getImage()).isEqualTo("service");
	}

	@Test
	void aPodThatWasNotStartedYetHasNone() {
		Pod created = Serialization.unmarshal("{\"spec\": {\"containers\": [{\"name\": \"pyserver\"}]}}", Pod.class);

		assertThat(UnderTest.isReady(created)).isFalse();
		assertThat(UnderTest.isRunning(created)).isFalse();
		assertThat(UnderTest.restarts(created)).isZero();
		assertThat(UnderTest.image(created)).isEmpty();
	}

}

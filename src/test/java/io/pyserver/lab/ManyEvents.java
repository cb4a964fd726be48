package io.pyserver.lab;

import java.time.Instant;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.experiment.Sabotage;

/**
 * Before the policies come, each container under test has warnings that have nothing to
 * do with its probes.
 *
 * @param count how many each has
 */
record ManyEvents(int count) implements Sabotage {

	@Override
	public Ongoing apply(PodGroup pods, Runnable policies) {
		pods.pods().values().forEach((pod) -> {
			for (int i = 0; i < this.count; i++) {
				pods.cluster().client().resource(warning(pod, i)).create();
			}
		});
		return Sabotage.super.apply(pods, policies);
	}

	private static io.fabric8.kubernetes.api.model.Event warning(Pod pod, int number) {
		String now = Instant.now().toString();
		return new EventBuilder().withNewMetadata()
			.withName("%s.warning-%d".formatted(pod.getMetadata().getName(), number))
			.withNamespace(pod.getMetadata().getNamespace())
			.endMetadata()
			.withNewInvolvedObject()
			.withKind("Pod")
			.withName(pod.getMetadata().getName())
			.withNamespace(pod.getMetadata().getNamespace())
			.withUid(pod.getMetadata().getUid())
			.withFieldPath("spec.containers{%s}".formatted(UnderTest.container(pod).getName()))
			.endInvolvedObject()
			.withType("Warning")
			.withReason("FailedSync")
			.withMessage("error determining status, number " + number)
			.withNewSource()
			.withComponent("kubelet")
			.withHost(pod.getSpec().getNodeName())
			.endSource()
			.withCount(1)
			.withFirstTimestamp(now)
			.withLastTimestamp(now)
			.build();
	}

}

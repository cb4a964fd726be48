package io.pyserver.lab;

import java.util.List;

import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.experiment.Operator;
import io.pyserver.lab.experiment.Sabotage;

/**
 * The pods take longer to answer liveness and readiness than the kubelet waits: probes
 * are let in, and come to nothing.
 */
final class LateAnswers implements Sabotage {

	@Override
	public Ongoing start(List<Target> pods) {
		pods.forEach((pod) -> List.of(Kind.READINESS, Kind.LIVENESS)
			.forEach((kind) -> new Operator(pod.shell()).set(kind, "{\"delayMs\":5000}")
				.orThrow("delaying " + kind.label())));
		return () -> {
		};
	}

}

package io.pyserver.lab;

import java.util.List;

import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.experiment.Sabotage;

/**
 * The pods take longer to answer liveness and readiness than the kubelet waits: probes
 * are let in, and come to nothing.
 */
final class LateAnswers implements Sabotage {

	private static final String DELAY = "wget -q -O - --header 'Content-Type: application/json' --post-data '{\"delayMs\":5000}' \"$0\"";

	@Override
	public Ongoing start(List<Target> pods) {
		pods.forEach((pod) -> List.of(Kind.READINESS, Kind.LIVENESS)
			.forEach((kind) -> pod.shell()
				.run("sh", "-c", DELAY, "http://127.0.0.1/actuator/" + kind.label())
				.orThrow("delaying " + kind.label())));
		return () -> {
		};
	}

}

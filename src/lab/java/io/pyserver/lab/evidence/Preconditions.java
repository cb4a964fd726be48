package io.pyserver.lab.evidence;

import java.util.ArrayList;
import java.util.List;

/** Whether what was tested is what the cell asks for. */
final class Preconditions {

	private Preconditions() {
	}

	static List<String> missing(Observation observation) {
		Subject subject = observation.subject();
		if (subject == null) {
			return List.of("there was no pod to look at: " + observation.problem());
		}
		if (subject.image().isEmpty()) {
			return List.of("the container never ran: " + observation.problem());
		}
		List<String> missing = new ArrayList<>();
		ImageIdentity expected = subject.expectedImage();
		if (expected != null && !expected.isNamedBy(subject.image())) {
			missing.add("the pod runs the image " + subject.image() + ", not the one under test, " + expected);
		}
		if (!subject.probed()) {
			missing.add("the running pod has no %s probe by %s".formatted(observation.cell().kind().label(),
					observation.cell().mechanism().label()));
		}
		return missing;
	}

}

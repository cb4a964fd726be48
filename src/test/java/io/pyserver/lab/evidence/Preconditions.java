package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Whether what was tested is what the cell asks for. */
final class Preconditions {

	private Preconditions() {
	}

	static List<String> missing(CellEvidence evidence) {
		Subject subject = evidence.subject();
		if (subject == null) {
			return List.of("there was no pod to look at: " + evidence.problem());
		}
		List<String> missing = new ArrayList<>();
		String expected = subject.expectedImage();
		if (expected != null && !subject.image().endsWith(expected)) {
			missing.add("the pod runs the image " + subject.image() + ", not the one under test, " + expected);
		}
		if (!subject.probed()) {
			missing.add("the running pod has no %s probe by %s".formatted(evidence.cell().kind().label(),
					evidence.cell().mechanism().label()));
		}
		if (!isInOrder(evidence.cell(), subject.created(), subject.policyCreated())) {
			missing.add("the order is not %s: the pod is of %s, the policies are of %s"
				.formatted(evidence.cell().order().label(), subject.created(), subject.policyCreated()));
		}
		evidence.controls()
			.stream()
			.filter((control) -> control.last(Phase.BEFORE).isPresent())
			.filter((control) -> control.last(Phase.BEFORE).orElseThrow() != Reach.REACHED)
			.map((control) -> "already before any policy, %s was %s".formatted(control.control().label(),
					control.last(Phase.BEFORE).orElseThrow().label()))
			.forEach(missing::add);
		return missing;
	}

	/** The API server counts in whole seconds. */
	private static boolean isInOrder(Cell cell, Instant pod, @Nullable Instant policy) {
		if (cell.policy() == Policy.NONE) {
			return policy == null;
		}
		return policy != null && ((cell.order() == Order.POLICY_FIRST) ? !policy.isAfter(pod) : !policy.isBefore(pod));
	}

}

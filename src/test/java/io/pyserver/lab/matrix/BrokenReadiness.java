package io.pyserver.lab.matrix;

import java.util.List;

import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Kind;

/** Readiness of some pods, which is made to fail and then put right. */
final class BrokenReadiness {

	private final Breaking breaking;

	private final List<SubjectPod> broken;

	private final KubeletEvents before;

	private boolean out;

	private List<String> bystanders = List.of();

	/** Makes it fail. */
	BrokenReadiness(Breaking breaking, List<SubjectPod> broken) {
		this.breaking = breaking;
		this.broken = broken;
		this.before = breaking.group().events();
		breaking.turn(broken, Kind.READINESS, "broken");
	}

	/** Puts it right as soon as it was noticed; the other pods have to be ready then. */
	void mend() {
		this.out = this.breaking.noticed(this.broken, (pod) -> !PodGroup.isReady(pod));
		this.bystanders = this.breaking.others(this.broken, (pod) -> !PodGroup.isReady(pod));
		this.breaking.turn(this.broken, Kind.READINESS, "correct");
	}

	/** Looks whether the pods are in service again. */
	void confirm() {
		boolean in = this.breaking.noticed(this.broken, PodGroup::isReady);
		KubeletEvents said = this.breaking.group().events().since(this.before);
		for (SubjectPod subject : this.broken) {
			subject.causality.put(Kind.READINESS,
					new Causality("readiness was broken", "the pod was unready until it was put right", this.out && in,
							this.bystanders, said.of(subject.name)));
		}
	}

}

package io.pyserver.lab.report;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Subject;

/** The pod that was probed. */
final class PodFacts {

	private PodFacts() {
	}

	static void append(Html html, @Nullable Subject subject) {
		html.put("h5", "Pod");
		if (subject == null) {
			html.put("p", "There was no pod.");
			return;
		}
		Instant policy = subject.policyCreated();
		html.open("dl").fact("Pod", subject.namespace() + "/" + subject.pod());
		html.fact("Node", subject.node());
		html.fact("Node\u2019s addresses", String.join(", ", subject.nodeAddresses().stream().sorted().toList()));
		html.fact("Image", subject.image());
		html.fact("Image under test", Objects.toString(subject.expectedImage(), "not known"));
		html.fact("Has such a probe", subject.probed() ? "yes" : "\u2717 no");
		html.fact("Created", Times.utc(subject.created()));
		html.fact("Policies created", (policy != null) ? Times.utc(policy) : "none").close();
	}

}

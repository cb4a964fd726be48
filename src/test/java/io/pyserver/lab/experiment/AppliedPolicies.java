package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.pyserver.lab.cluster.Kubectl;
import io.pyserver.lab.cluster.Manifest;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.shipped.Policies;
import org.jspecify.annotations.Nullable;

/** The policies of an experiment: the shipped files, and the one that lets in a peer. */
final class AppliedPolicies {

	private final PodGroup group;

	private final Policy policy;

	private @Nullable Instant created;

	AppliedPolicies(PodGroup group, Policy policy) {
		this.group = group;
		this.policy = policy;
	}

	void apply() {
		List<String> shipped = new ArrayList<>();
		if (this.policy.deniesIngress()) {
			shipped.add("default-deny-ingress");
		}
		if (this.policy.deniesEgress()) {
			shipped.add("default-deny-egress");
		}
		new Policies(kubectl(), this.group.namespace()).apply(shipped);
		if (this.policy == Policy.ALLOW_PEER) {
			this.group.apply("allow-peer", List.of(Manifest.allowPeer(this.group.namespace())));
		}
		this.created = this.group.cluster()
			.api()
			.get("/apis/networking.k8s.io/v1/namespaces/" + this.group.namespace() + "/networkpolicies")
			.path("items")
			.valueStream()
			.map((policy) -> Instant.parse(policy.at("/metadata/creationTimestamp").asString()))
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

	/** When the API server took the last of them, or null where there is none. */
	@Nullable Instant created() {
		return this.created;
	}

	void remove() {
		kubectl().run("delete", "networkpolicies", "--all", "-n", this.group.namespace());
	}

	private Kubectl kubectl() {
		return this.group.cluster().kubectl();
	}

}

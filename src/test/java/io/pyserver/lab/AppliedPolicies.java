package io.pyserver.lab;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import io.pyserver.lab.evidence.Policy;
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
		if (this.policy.deniesIngress()) {
			applyShipped("default-deny-ingress");
		}
		if (this.policy.deniesEgress()) {
			applyShipped("default-deny-egress");
		}
		if (this.policy == Policy.ALLOW_PEER) {
			this.group.apply("allow-peer", List.of(Manifest.allowPeer(this.group.namespace())));
		}
		this.created = kubectl().json("get", "networkpolicies", "-n", this.group.namespace())
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

	private void applyShipped(String name) {
		String file = kubectl().take(Path.of("k8s/components")) + "/" + name + "/networkpolicy.yaml";
		kubectl().run("apply", "-n", this.group.namespace(), "-f", file);
	}

	private Kubectl kubectl() {
		return this.group.cluster().kubectl();
	}

}

package io.pyserver.lab.shipped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.evidence.Cell.Policy;

/**
 * The network policies of a cell in a namespace: shipped ones, and {@code allow-peer}.
 */
public final class Policies {

	/** Allows ingress from pods with the label, in any namespace. */
	private static final String ALLOW_PEER = """
			apiVersion: networking.k8s.io/v1
			kind: NetworkPolicy
			metadata: {name: allow-peer}
			spec:
			  podSelector: {}
			  policyTypes: [Ingress]
			  ingress:
			    - from:
			        - namespaceSelector: {}
			          podSelector: {matchLabels: {%s: "true"}}
			""".formatted(Sleeper.PEER_LABEL);

	private final PodGroup group;

	private final List<NetworkPolicy> policies = new ArrayList<>();

	private @Nullable Instant created;

	/** Applies nothing yet. */
	public Policies(PodGroup group, Policy policy) {
		this.group = group;
		if (policy.deniesIngress()) {
			this.policies.add(shipped("default-deny-ingress"));
		}
		if (policy.deniesEgress()) {
			this.policies.add(shipped("default-deny-egress"));
		}
		if (policy == Policy.ALLOW_PEER) {
			this.policies.add(Serialization.unmarshal(ALLOW_PEER, NetworkPolicy.class));
		}
		this.policies.forEach((each) -> each.getMetadata().setNamespace(group.namespace()));
	}

	private static NetworkPolicy shipped(String name) {
		return Workload.manifest("components/" + name + "/networkpolicy.yaml", NetworkPolicy.class);
	}

	public void apply() {
		this.created = this.group.apply(this.policies)
			.stream()
			.map((policy) -> Instant.parse(policy.getMetadata().getCreationTimestamp()))
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

	/** When the API server created the last policy, or null if there is none. */
	public @Nullable Instant created() {
		return this.created;
	}

	public void remove() {
		this.policies.forEach((policy) -> this.group.cluster().client().resource(policy).delete());
	}

}

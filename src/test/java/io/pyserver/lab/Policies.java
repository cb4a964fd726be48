package io.pyserver.lab;

import java.nio.file.Path;

/** The two shipped policies, applied as files the way the README does it. */
final class Policies {

	private static final Path COMPONENTS = Path.of("k8s/components");

	private final Kubectl kubectl;

	private final String namespace;

	Policies(Kubectl kubectl, String namespace) {
		this.kubectl = kubectl;
		this.namespace = namespace;
	}

	void apply() {
		String components = this.kubectl.take(COMPONENTS);
		this.kubectl.run("apply", "-n", this.namespace, "-f", components + "/default-deny-ingress/networkpolicy.yaml");
		this.kubectl.run("apply", "-n", this.namespace, "-f", components + "/default-deny-egress/networkpolicy.yaml");
	}

	void remove() {
		this.kubectl.run("delete", "networkpolicy", "--ignore-not-found", "-n", this.namespace, "default-deny-ingress",
				"default-deny-egress");
	}

}

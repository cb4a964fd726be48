package io.pyserver.lab.shipped;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.pyserver.lab.cluster.Kubectl;

/** The two shipped policies, applied as files the way the README does it. */
public final class Policies {

	private static final Path COMPONENTS = Path.of("k8s/components");

	private static final List<String> BOTH = List.of("default-deny-ingress", "default-deny-egress");

	private final Kubectl kubectl;

	private final String namespace;

	public Policies(Kubectl kubectl, String namespace) {
		this.kubectl = kubectl;
		this.namespace = namespace;
	}

	/** Applies both. */
	public void apply() {
		apply(BOTH);
	}

	/** Applies those of this name. */
	public void apply(List<String> names) {
		if (names.isEmpty()) {
			return;
		}
		String components = this.kubectl.take(COMPONENTS);
		List<String> command = new ArrayList<>(List.of("apply", "-n", this.namespace));
		names.forEach((name) -> command.addAll(List.of("-f", components + "/" + name + "/networkpolicy.yaml")));
		this.kubectl.run(command.toArray(String[]::new));
	}

}

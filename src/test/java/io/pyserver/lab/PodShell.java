package io.pyserver.lab;

import java.util.ArrayList;
import java.util.List;

/** Inside a pod. */
record PodShell(Kubectl kubectl, String namespace, String pod) implements Shell {

	@Override
	public Output run(List<String> command) {
		List<String> arguments = new ArrayList<>(
				List.of("exec", "-n", this.namespace, this.pod, "-c", Manifest.CONTAINER, "--"));
		arguments.addAll(command);
		return this.kubectl.attempt(arguments.toArray(String[]::new));
	}

}

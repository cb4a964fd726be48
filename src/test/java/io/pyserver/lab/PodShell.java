package io.pyserver.lab;

import java.util.List;

/** Inside a pod. */
record PodShell(ApiServer api, String namespace, String pod) implements Shell {

	@Override
	public Output run(List<String> command) {
		return this.api.exec(this.namespace, this.pod, command);
	}

}

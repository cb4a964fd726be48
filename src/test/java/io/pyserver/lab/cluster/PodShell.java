package io.pyserver.lab.cluster;

import java.util.List;

/** Inside a pod. */
public record PodShell(ApiServer api, String namespace, String pod) implements Shell {

	@Override
	public Output run(List<String> command) {
		return this.api.exec(this.namespace, this.pod, command);
	}

}

package io.pyserver.lab.experiment;

import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Kind;

/**
 * Decides how the service answers a kind of probe. Turned from inside its pod, as an
 * operator would, because that works under any policy.
 */
public record Switch(Shell pod, Kind kind) {

	private static final String POST = "wget -q -O - --header 'Content-Type: application/json' --post-data \"$1\" \"$0\"";

	/** Sets it, with a JSON body as the service documents it; 20 seconds at most. */
	public Output set(String body) {
		return this.pod.run("timeout", "20", "sh", "-c", POST, "http://127.0.0.1/actuator/" + this.kind.label(), body);
	}

}

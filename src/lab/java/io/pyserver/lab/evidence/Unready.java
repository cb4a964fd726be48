package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.List;

/**
 * A pod that takes requests, and that its kubelet does not find ready.
 *
 * @param kind which of its probes fails
 * @param failed how many failed since its log says that it takes requests, with none that
 * succeeded
 * @param since when the first of them was counted
 * @param said what the kubelet said of it, each message once
 */
public record Unready(Kind kind, long failed, Instant since, List<String> said) {

	public Unready {
		said = List.copyOf(said);
	}

}

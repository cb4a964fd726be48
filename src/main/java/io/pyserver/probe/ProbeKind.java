package io.pyserver.probe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Which of the kubelet's probes a request is. */
public enum ProbeKind {

	/** The kubelet restarts the container when it fails. */
	LIVENESS,

	/** The pod gets no traffic from Services while it fails. */
	READINESS,

	/** The others wait until it succeeds. */
	STARTUP,

	/** Sent by a kubelet, without the header that says which. */
	UNKNOWN,

	/** No probe. */
	NONE;

	/** The header that the shipped manifests set on each probe, to its kind's label. */
	public static final String HEADER = "Probe";

	private static final String KUBELET = "kube-probe/";

	/** What a request says of itself, which anyone can say. */
	static ProbeKind claimedBy(@Nullable String name, @Nullable String userAgent) {
		return named(name).orElse((userAgent != null && userAgent.startsWith(KUBELET)) ? UNKNOWN : NONE);
	}

	/** Liveness, readiness or startup, where it has this label. */
	public static Optional<ProbeKind> named(@Nullable String label) {
		return Arrays.stream(new ProbeKind[] { LIVENESS, READINESS, STARTUP })
			.filter((kind) -> kind.label().equals(label))
			.findAny();
	}

	private final String label = name().toLowerCase(Locale.ROOT);

	/** The name in the header, in logs and metrics, in lower case. */
	public String label() {
		return this.label;
	}

}

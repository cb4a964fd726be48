package io.pyserver.probe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The kind of a kubelet's probe. */
public enum ProbeKind {

	/** The kubelet restarts the container when it fails. */
	LIVENESS,

	/** The pod gets no traffic from Services while it fails. */
	READINESS,

	/** The other probes start after it succeeds. */
	STARTUP,

	/** A kubelet's probe without the header that names its kind. */
	UNKNOWN,

	/** Not a probe. */
	NONE;

	/**
	 * The header that the shipped manifests set on each probe to the label of its kind.
	 */
	public static final String HEADER = "Probe";

	private static final String KUBELET = "kube-probe/";

	/** The kind that a request claims. Any client can claim one. */
	static ProbeKind claimedBy(@Nullable String name, @Nullable String userAgent) {
		return named(name).orElse((userAgent != null && userAgent.startsWith(KUBELET)) ? UNKNOWN : NONE);
	}

	/** Finds liveness, readiness or startup by its label. */
	public static Optional<ProbeKind> named(@Nullable String label) {
		return Arrays.stream(new ProbeKind[] { LIVENESS, READINESS, STARTUP })
			.filter((kind) -> kind.label().equals(label))
			.findAny();
	}

	private final String label = name().toLowerCase(Locale.ROOT);

	/** The name in the header, in logs and in metrics. */
	public String label() {
		return this.label;
	}

}

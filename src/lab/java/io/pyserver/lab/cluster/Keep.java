package io.pyserver.lab.cluster;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/** Whether a run keeps what it created, so that a person can inspect it. */
public enum Keep {

	NEVER,

	ALWAYS,

	/** Keeps what failed, and the cluster on which it failed. */
	ON_FAILURE;

	private static final AtomicBoolean FAILED = new AtomicBoolean();

	/**
	 * Reads the setting {@code lab.keep}.
	 * @throws LabException with a wrong value and the values that are allowed
	 */
	static Keep of(@Nullable String value) {
		return switch (value) {
			case null -> NEVER;
			case "false" -> NEVER;
			case "", "true" -> ALWAYS;
			case "on-failure" -> ON_FAILURE;
			default -> throw new LabException("lab.keep=%s is none of true, false, on-failure".formatted(value));
		};
	}

	/** Records that a test of this run has failed. */
	public static void sayFailed() {
		FAILED.set(true);
	}

	/** Whether the cluster of the run is kept, by the failures so far. */
	public boolean keepsRun() {
		return keeps(FAILED.get());
	}

	/** Whether something is kept, depending on whether it failed. */
	public boolean keeps(boolean failed) {
		return this == ALWAYS || (this == ON_FAILURE && failed);
	}

}

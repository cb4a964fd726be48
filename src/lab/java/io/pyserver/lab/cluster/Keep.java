package io.pyserver.lab.cluster;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/** When what a run made is left for a look. */
public enum Keep {

	/** Everything is removed. */
	NEVER,

	/** Nothing is removed. */
	ALWAYS,

	/** What failed, and the cluster that it failed on, is not removed. */
	ON_FAILURE;

	private static final AtomicBoolean FAILED = new AtomicBoolean();

	/**
	 * Reads the setting {@code lab.keep}.
	 * @throws LabException naming the value and what it may be
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

	/** Says that a test of this run has failed. */
	public static void sayFailed() {
		FAILED.set(true);
	}

	/** Whether the cluster stays, by what is known now. */
	public boolean keepsRun() {
		return keeps(FAILED.get());
	}

	/** Whether something stays that failed, or did not. */
	public boolean keeps(boolean failed) {
		return this == ALWAYS || (this == ON_FAILURE && failed);
	}

}

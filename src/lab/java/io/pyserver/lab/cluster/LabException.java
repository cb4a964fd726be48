package io.pyserver.lab.cluster;

import org.jspecify.annotations.Nullable;

/** Something that the person who runs the lab can put right; the message says how. */
public final class LabException extends RuntimeException {

	private static final long serialVersionUID = 1;

	/**
	 * With the value that is wrong and the fix.
	 * @param message one line
	 */
	public LabException(String message) {
		super(oneLine(message), null, false, false);
	}

	/** A message without its line breaks. */
	public static String oneLine(@Nullable String message) {
		return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
	}

}

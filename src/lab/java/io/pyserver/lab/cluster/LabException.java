package io.pyserver.lab.cluster;

import org.jspecify.annotations.Nullable;

/** An error that the person who runs the lab can fix; the message says how. */
public final class LabException extends RuntimeException {

	private static final long serialVersionUID = 1;

	/**
	 * Creates the exception.
	 * @param message the wrong value and the fix; line breaks become spaces
	 */
	public LabException(String message) {
		super(oneLine(message), null, false, false);
	}

	/** A message with spaces in place of its line breaks. */
	public static String oneLine(@Nullable String message) {
		return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
	}

}

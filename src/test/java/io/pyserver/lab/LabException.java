package io.pyserver.lab;

/** Something that the person who runs the lab can put right; the message says how. */
final class LabException extends RuntimeException {

	private static final long serialVersionUID = 1;

	/**
	 * With the value that is wrong and the fix.
	 * @param message one line
	 */
	public LabException(String message) {
		super(message.replaceAll("\\s*\\R\\s*", " "), null, false, false);
	}

}

package io.pyserver.lab.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
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

	/** The message of an API server, or the reason why there is none. */
	public static String said(KubernetesClientException ex) {
		if (ex.getStatus() != null && ex.getStatus().getMessage() != null) {
			return ex.getStatus().getMessage();
		}
		Throwable reason = ex.getCause();
		while (reason != null && reason.getMessage() == null && reason.getCause() != null) {
			reason = reason.getCause();
		}
		return String.valueOf((reason != null) ? reason : ex.getMessage());
	}

}

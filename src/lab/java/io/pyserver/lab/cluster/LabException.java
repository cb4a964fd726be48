package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	/**
	 * The message of an API server, or the reason why there is none: the first cause that
	 * has a message, or the names of all causes. A refused connection has no message.
	 */
	public static String said(KubernetesClientException ex) {
		if (ex.getStatus() != null && ex.getStatus().getMessage() != null) {
			return ex.getStatus().getMessage();
		}
		List<Throwable> causes = Stream.<Throwable>iterate(ex.getCause(), Objects::nonNull, Throwable::getCause)
			.toList();
		String names = causes.stream().map(Throwable::toString).distinct().collect(Collectors.joining(", because of "));
		return causes.stream()
			.filter((cause) -> cause.getMessage() != null)
			.findFirst()
			.map(Throwable::toString)
			.orElse(causes.isEmpty() ? ex.getMessage() : names);
	}

}

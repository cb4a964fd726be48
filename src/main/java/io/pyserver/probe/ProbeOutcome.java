package io.pyserver.probe;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The kind of probe that a request claims to be, and whether that probe failed. By
 * default, they are from the header and the HTTP status. The gRPC handler sets both,
 * because the kind is in its message and the HTTP status is always 200.
 *
 * @param name the claimed kind, as sent, or null for none
 * @param failed whether the kubelet counts the answer as a failure
 */
public record ProbeOutcome(@Nullable String name, boolean failed) {

	private static final String ATTRIBUTE = ProbeOutcome.class.getName();

	/** Sets this as the outcome of a request, for the access log. */
	public void attachTo(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	/** Returns the outcome that was set, or the one of the header and the HTTP status. */
	public static ProbeOutcome of(HttpServletRequest request, int status) {
		return (request.getAttribute(ATTRIBUTE) instanceof ProbeOutcome outcome) ? outcome
				: new ProbeOutcome(request.getHeader(ProbeKind.HEADER), status >= 400);
	}

}

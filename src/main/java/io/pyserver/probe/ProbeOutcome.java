package io.pyserver.probe;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request asked as a probe, and whether it failed. Header and status say both,
 * unless the handler tells otherwise: a gRPC probe names itself in its message, and fails
 * with the HTTP status 200.
 *
 * @param name what the request calls itself, as sent, or null where it says nothing
 * @param failed whether the kubelet counts the answer as a failure
 */
public record ProbeOutcome(@Nullable String name, boolean failed) {

	private static final String ATTRIBUTE = ProbeOutcome.class.getName();

	/** Tells the access log that this is the request's. */
	public void tell(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	/** What was told of a request, or else what its header and the HTTP status say. */
	public static ProbeOutcome of(HttpServletRequest request, int status) {
		return (request.getAttribute(ATTRIBUTE) instanceof ProbeOutcome told) ? told
				: new ProbeOutcome(request.getHeader(ProbeKind.HEADER), status >= 400);
	}

}

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

	/**
	 * Tells the access log.
	 * @param request the request that this is the outcome of
	 */
	public void tell(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	/**
	 * The outcome of a request that has been answered.
	 * @param request the request
	 * @param status the HTTP status of the answer
	 * @return what was told, or else what header and status say
	 */
	public static ProbeOutcome of(HttpServletRequest request, int status) {
		return (request.getAttribute(ATTRIBUTE) instanceof ProbeOutcome told) ? told
				: new ProbeOutcome(request.getHeader(ProbeKind.HEADER), status >= 400);
	}

}

package io.pyserver.operator;

import java.io.IOException;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests from other sites' pages with 403, even when a site's name resolves to
 * loopback. The {@code Host} header must name loopback. A browser also sends the page's
 * origin. Command-line clients send none, and are accepted.
 */
final class OperatorFilter extends HttpFilter {

	private static final long serialVersionUID = 1;

	private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

	/** Pages use only resources of this service. No page can embed them in a frame. */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
			+ " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String host = request.getHeader("Host");
		if (host == null || !LOOPBACK.matcher(host).matches() || isForeign(host, request.getHeader("Origin"))
				|| isCrossSite(request.getHeader("Sec-Fetch-Site"))) {
			response.sendError(HttpServletResponse.SC_FORBIDDEN);
			return;
		}
		response.setHeader("Content-Security-Policy", POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("Referrer-Policy", "no-referrer");
		response.setHeader("Cache-Control", "no-store");
		chain.doFilter(request, response);
	}

	private static boolean isForeign(String host, @Nullable String origin) {
		return origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
	}

	private static boolean isCrossSite(@Nullable String site) {
		return "cross-site".equals(site) || "same-site".equals(site);
	}

}

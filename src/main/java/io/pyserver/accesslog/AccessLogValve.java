package io.pyserver.accesslog;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import jakarta.servlet.ServletException;

import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

import io.pyserver.probe.Call;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.ProbeOutcome;

/**
 * Records every request, including those that Tomcat rejects. The caller is the other end
 * of the connection: forwarded headers do not change it, even where {@code
 * server.forward-headers-strategy} applies them to the rest of the service.
 */
final class AccessLogValve extends ValveBase implements AccessLog {

	private static final String STATUS = AccessLogValve.class.getName();

	private static final int LONGEST_USER_AGENT = 500;

	private final CallerResolver callers;

	private final Consumer<Call> log;

	AccessLogValve(CallerResolver callers, Consumer<Call> log) {
		super(true);
		this.callers = callers;
		this.log = log;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		// Tomcat caches both addresses. They cannot be read after the client has left.
		request.getLocalAddr();
		request.getPeerAddr();
		getNext().invoke(request, response);
		if (request.isAsync()) {
			request.setAttribute(STATUS, response.getStatus());
		}
	}

	@Override
	public void log(Request request, Response response, long nanoseconds) {
		RequestLine line = RequestLine.stored(request.getCoyoteRequest());
		String remoteAddress = CallerResolver.shortest(request.getPeerAddr());
		String userAgent = request.getHeader("User-Agent");
		int status = status(request, response);
		ProbeOutcome probe = ProbeOutcome.of(request, status);
		this.log.accept(new Call(Instant.now(), remoteAddress, CallerResolver.shortest(request.getLocalAddr()),
				line.method(), line.target(), line.protocol(),
				(userAgent != null) ? VisibleAscii.of(userAgent, ' ', LONGEST_USER_AGENT) : null,
				TraceParent.traceId(request.getHeader(TraceParent.HEADER)), status, response.getBytesWritten(false),
				Duration.ofNanos(Math.max(0, nanoseconds)),
				this.callers.attribute(remoteAddress, probe.name(), userAgent), probe.failed()));
	}

	/**
	 * The status that was sent. When the client of an asynchronous answer leaves, Tomcat
	 * changes it to 500.
	 */
	private static int status(Request request, Response response) {
		return (request.getAttribute(STATUS) instanceof Integer sent && response.isCommitted()) ? sent
				: response.getStatus();
	}

	@Override
	public boolean getRequestAttributesEnabled() {
		return false;
	}

	@Override
	public void setRequestAttributesEnabled(boolean enabled) {
		// Addresses in request attributes are not used either.
	}

}

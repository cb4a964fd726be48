package io.pyserver.accesslog;

import java.io.IOException;

import jakarta.servlet.ServletException;

import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Sees every request, also one that Tomcat itself rejects, and has its line written.
 */
final class AccessLogValve extends ValveBase implements AccessLog {

	private final LineWriter writer;

	private final AccessLine line = new AccessLine();

	AccessLogValve(LineWriter writer) {
		super(true);
		this.writer = writer;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		request.getRemoteAddr(); // Tomcat keeps it; once an aborted client is gone it
									// could not be asked
		getNext().invoke(request, response);
	}

	@Override
	public void log(Request request, Response response, long nanoseconds) {
		this.writer.write(this.line.of(request.getRemoteAddr(), RequestLine.recall(request.getCoyoteRequest()),
				response.getStatus()));
	}

	@Override
	public boolean getRequestAttributesEnabled() {
		return false;
	}

	@Override
	public void setRequestAttributesEnabled(boolean enabled) {
		// A proxy's word on who is calling is not taken.
	}

}

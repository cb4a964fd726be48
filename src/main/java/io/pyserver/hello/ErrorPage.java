package io.pyserver.hello;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * The page for errors and for requests that Tomcat rejects. It shows the status and its
 * reason, and no server name or stack trace. Tomcat creates it by its class name, so the
 * class and its constructor are public.
 */
public final class ErrorPage extends ErrorReportValve {

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()
				|| !canBeSent(response)) {
			return;
		}
		byte[] page = page(response.getStatus()).getBytes(StandardCharsets.UTF_8);
		response.getCoyoteResponse().getMimeHeaders().setValue("Content-Type").setString(Answer.CONTENT_TYPE);
		response.setContentLength(page.length);
		try {
			response.getOutputStream().write(page);
			response.finishResponse();
		}
		catch (IOException ex) {
			container.getLogger().debug("The client left before its error page", ex);
		}
	}

	/** Tomcat itself answers 404 for some folders, such as {@code /WEB-INF}. */
	private static String page(int code) {
		if (code == 404) {
			return Answer.NOT_FOUND.body();
		}
		HttpStatus status = HttpStatus.resolve(code);
		String reason = (status != null) ? status.getReasonPhrase() : "Error";
		return Answer.error(code, null, reason, "The server did not answer this request.").body();
	}

	private static boolean canBeSent(Response response) {
		AtomicBoolean allowed = new AtomicBoolean();
		response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
		return allowed.get();
	}

}

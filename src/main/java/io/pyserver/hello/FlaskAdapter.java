package io.pyserver.hello;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;

import io.pyserver.accesslog.RequestLine;

/**
 * Receives each request from Tomcat's HTTP parser and reads method and path as Flask
 * does. Tomcat's own adapter drops path parameters, resolves dot segments, answers 400 to
 * an encoded slash and 501 to CONNECT, and echoes TRACE.
 */
final class FlaskAdapter extends CoyoteAdapter {

	private static final Pattern VERSION = Pattern.compile("HTTP/0{0,9}(\\d{1,10})\\.\\d{1,10}");

	FlaskAdapter(Connector connector) {
		super(connector);
	}

	@Override
	public void service(Request request, Response response) throws Exception {
		// setContentType would remove the blank before "charset".
		response.getMimeHeaders().setValue("Content-Type").setString(Answer.CONTENT_TYPE);
		boolean onlyHostRejected = NamedHost.acceptIfOnlyHostRejected(request, response);
		RequestLine.store(request);
		response.setStatus(onlyHostRejected ? HttpServletResponse.SC_OK
				: status(response.getStatus(), String.valueOf(request.protocol())));
		if (response.getStatus() < 400) {
			response.resetError();
			request.getAttributes().remove(RequestDispatcher.ERROR_EXCEPTION);
			request.setMethod(method(request.getMethod()));
			RequestPath path = RequestPath.ofTarget(request.requestURI().toString());
			request.requestURI().setString(path.encoded());
			request.decodedURI().setString(path.decoded());
		}
		super.service(request, response);
	}

	/**
	 * Accepts requests that Tomcat's parser rejects and Flask's server accepts: those
	 * with an unknown transfer coding or expectation, or any version before 2. Tomcat
	 * still closes their connections.
	 */
	private static int status(int status, String protocol) {
		return switch (status) {
			case HttpServletResponse.SC_NOT_IMPLEMENTED, HttpServletResponse.SC_EXPECTATION_FAILED ->
				HttpServletResponse.SC_OK;
			case HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED -> {
				Matcher version = VERSION.matcher(protocol);
				if (!version.matches()) {
					yield HttpServletResponse.SC_BAD_REQUEST;
				}
				yield (Long.parseLong(version.group(1)) < 2) ? HttpServletResponse.SC_OK : status;
			}
			default -> status;
		};
	}

	/**
	 * Tomcat calls this before it recycles a request. A request whose client left while
	 * sending headers is logged here, because nothing else processes it.
	 */
	@Override
	public void checkRecycled(Request request, Response response) {
		if (RequestLine.isUnprocessed(request)) {
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			log(request, response, 0);
		}
		super.checkRecycled(request, response);
	}

	/**
	 * Returns the method for Tomcat and Spring. Flask accepts any case, but omits the
	 * body only for HEAD in upper case. CONNECT and TRACE become lower case, because
	 * Tomcat and Spring then treat them like other methods.
	 */
	private static String method(String method) {
		String upper = method.toUpperCase(Locale.ROOT);
		return switch (upper) {
			case "HEAD" -> method.equals("HEAD") ? "HEAD" : "GET";
			case "CONNECT", "TRACE" -> upper.toLowerCase(Locale.ROOT);
			default -> upper;
		};
	}

}

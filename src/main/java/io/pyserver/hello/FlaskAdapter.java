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
 * Stands where Tomcat's HTTP parser hands a request to the servlet container, and reads
 * method and path the way Flask does. Left to itself Tomcat drops path parameters,
 * resolves dot segments, and answers 400 to an encoded slash and 501 to CONNECT, and
 * echoes TRACE.
 */
final class FlaskAdapter extends CoyoteAdapter {

	private static final Pattern VERSION = Pattern.compile("HTTP/0{0,9}(\\d{1,10})\\.\\d{1,10}");

	FlaskAdapter(Connector connector) {
		super(connector);
	}

	@Override
	public void service(Request request, Response response) throws Exception {
		// A plain header: setContentType would drop the blank in front of "charset".
		response.getMimeHeaders().setValue("Content-Type").setString(Answer.CONTENT_TYPE);
		boolean onlyItsHost = NamedHost.isAllThatIsWrong(request, response);
		RequestLine.remember(request);
		response.setStatus(onlyItsHost ? HttpServletResponse.SC_OK
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
	 * Tomcat's parser refuses what Flask's own server takes: a transfer coding or an
	 * expectation that nobody knows, and any version before 2. Their connections are
	 * closed all the same.
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
	 * Called before Tomcat forgets a request. A client that left amid its headers got no
	 * further than this, and is logged here.
	 */
	@Override
	public void checkRecycled(Request request, Response response) {
		if (RequestLine.isAllThereIs(request)) {
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			log(request, response, 0);
		}
		super.checkRecycled(request, response);
	}

	/**
	 * Flask takes methods in any case, but leaves out the body only for HEAD in capitals.
	 * CONNECT and TRACE are nothing special there; in lower case they are nothing special
	 * to Tomcat and Spring either.
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

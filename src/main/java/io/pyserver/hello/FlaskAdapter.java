package io.pyserver.hello;

import java.util.Locale;
import java.util.regex.Pattern;

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

	private static final Pattern FROM_2 = Pattern.compile("HTTP/(?!0{0,9}[01]\\.)\\d{1,10}\\.\\d{1,10}");

	FlaskAdapter(Connector connector) {
		super(connector);
	}

	@Override
	public void service(Request request, Response response) throws Exception {
		// A plain header: setContentType would drop the blank in front of "charset".
		response.getMimeHeaders().setValue("Content-Type").setString(Answer.CONTENT_TYPE);
		RequestLine.remember(request);
		if (response.getStatus() < 400) {
			request.setMethod(method(request.getMethod()));
			RequestPath path = RequestPath.ofTarget(request.requestURI().toString());
			request.requestURI().setString(path.encoded());
			request.decodedURI().setString(path.decoded());
		}
		else {
			response.setStatus(refusal(response.getStatus(), String.valueOf(request.protocol())));
		}
		super.service(request, response);
	}

	/**
	 * What Tomcat's parser refuses is the client's mistake, also an unknown transfer
	 * coding and a version that is none. Flask's own server says 505 to one from 2 on.
	 */
	private static int refusal(int status, String protocol) {
		return switch (status) {
			case HttpServletResponse.SC_NOT_IMPLEMENTED -> HttpServletResponse.SC_BAD_REQUEST;
			case HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED ->
				FROM_2.matcher(protocol).matches() ? status : HttpServletResponse.SC_BAD_REQUEST;
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

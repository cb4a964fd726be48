package io.pyserver.operator;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.probe.ProbeSwitch.Setting;

import static org.springframework.web.servlet.function.RequestPredicates.method;
import static org.springframework.web.servlet.function.RequestPredicates.methods;
import static org.springframework.web.servlet.function.RequestPredicates.path;

/**
 * The history and the switches. They need nothing of Actuator's, which takes ten times as
 * long to set up: whoever looks at probes should not be the reason that they are late.
 * <p>
 * A web page cannot turn a switch, not even one that has its name resolved to loopback:
 * its browser asks first when it sends JSON, and says where the page came from.
 */
@Lazy
@Component
final class OperatorRoutes {

	private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

	private final RouterFunctionMapping mapping;

	OperatorRoutes(ProbesEndpoint probes, ProbeSwitch probeSwitch) {
		JsonMapper json = JsonMapper.builder()
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(Include.NON_NULL))
			.build();
		this.mapping = new RouterFunctionMapping(routes(probes, probeSwitch));
		this.mapping.setMessageConverters(List.of(new JacksonJsonHttpMessageConverter(json)));
	}

	/** Nothing where the path is none of theirs. */
	@Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
		return this.mapping.getHandler(request);
	}

	private static RouterFunction<ServerResponse> routes(ProbesEndpoint probes, ProbeSwitch probeSwitch) {
		return RouterFunctions.route()
			.add(resource("probes", (_) -> answer(200, probes.probes()), null))
			.add(probe(ProbeKind.LIVENESS, probeSwitch))
			.add(probe(ProbeKind.READINESS, probeSwitch))
			.onError(Refusal.class, (refusal, _) -> answer((Refusal) refusal))
			.build();
	}

	private static RouterFunction<ServerResponse> probe(ProbeKind kind, ProbeSwitch probeSwitch) {
		return resource(kind.label(), (_) -> answer(200, Shown.of(probeSwitch.setting(kind))), (request) -> {
			SwitchOrder order = order(request);
			return answer(200, Shown.of(probeSwitch.change(kind, order.broken(), order.delay())));
		});
	}

	private static RouterFunction<ServerResponse> resource(String name, HandlerFunction<ServerResponse> get,
			@Nullable HandlerFunction<ServerResponse> post) {
		String path = "/actuator/" + name;
		RouterFunctions.Builder resource = RouterFunctions.route()
			.route(path(path).and(methods(HttpMethod.GET, HttpMethod.HEAD)), get);
		if (post != null) {
			resource.route(path(path).and(method(HttpMethod.POST)), post);
		}
		String allowed = (post != null) ? "GET, HEAD, POST" : "GET, HEAD";
		return resource
			.route(path(path),
					(_) -> ServerResponse.status(405)
						.header("Allow", allowed)
						.contentType(MediaType.APPLICATION_JSON)
						.body(new Problem("method",
								"method is not allowed; there are " + allowed.replaceFirst(", (?!.*,)", " and "))))
			.build();
	}

	private static SwitchOrder order(ServerRequest request) throws IOException, Refusal {
		String origin = request.headers().firstHeader("Origin");
		if (origin != null && !isHere(origin, request.headers().firstHeader("Host"))) {
			throw new Refusal(403, "Origin", "is another site's");
		}
		if (!isJson(request.headers().firstHeader("Content-Type"))) {
			throw new Refusal(415, "Content-Type", "must be application/json");
		}
		return SwitchOrder.parse(request.servletRequest().getInputStream().readNBytes(SwitchOrder.LONGEST + 1));
	}

	/** A command line sends no origin. */
	private static boolean isHere(String origin, @Nullable String host) {
		try {
			return origin.equals("http://" + host) && HERE.contains(String.valueOf(URI.create(origin).getHost()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isJson(@Nullable String contentType) {
		try {
			return contentType != null
					&& MimeTypeUtils.parseMimeType(contentType).equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
		}
		catch (InvalidMimeTypeException ex) {
			return false;
		}
	}

	private static ServerResponse answer(Refusal refusal) {
		return answer(refusal.status(), new Problem(refusal.field(), String.valueOf(refusal.getMessage())));
	}

	private static ServerResponse answer(int status, Object body) {
		return ServerResponse.status(status).contentType(MediaType.APPLICATION_JSON).body(body);
	}

	/** How a probe is switched. */
	private record Shown(String state, long delayMs) {

		static Shown of(Setting setting) {
			return new Shown(setting.broken() ? "broken" : "correct", setting.delay().toMillis());
		}

	}

	/** What is wrong with a request, by the name of the field or the header. */
	private record Problem(String field, String error) {
	}

}

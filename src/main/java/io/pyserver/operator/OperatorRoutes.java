package io.pyserver.operator;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
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

	private static final Pattern HERE = Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

	private static final Pattern JSON = Pattern.compile("(?i)application/json\\s*(;.*)?");

	private final RouterFunctionMapping mapping;

	OperatorRoutes(ProbesEndpoint probes, ProbeSwitch probeSwitch) {
		JsonMapper json = JsonMapper.builder()
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(Include.NON_NULL))
			.build();
		// Most of what a first answer costs is paid here, where it keeps no probe
		// waiting.
		json.writeValueAsBytes(probes.probes());
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
			.onError(Refusal.class, (refusal, _) -> answer(((Refusal) refusal).status(), ((Refusal) refusal).problem()))
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
						.body(new Refusal.Problem("method",
								"method is not allowed; there are " + allowed.replaceFirst(", (?!.*,)", " and "))))
			.build();
	}

	private static SwitchOrder order(ServerRequest request) throws IOException, Refusal {
		HttpHeaders headers = request.headers().asHttpHeaders();
		String origin = headers.getFirst("Origin"); // A command line sends none.
		if (origin != null
				&& !(HERE.matcher(origin).matches() && origin.equals("http://" + headers.getFirst("Host")))) {
			throw new Refusal(403, "Origin", "is another site's");
		}
		if (!JSON.matcher(String.valueOf(headers.getFirst("Content-Type"))).matches()) {
			throw new Refusal(415, "Content-Type", "must be application/json");
		}
		return SwitchOrder.parse(request.servletRequest().getInputStream().readNBytes(SwitchOrder.LONGEST + 1));
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

}

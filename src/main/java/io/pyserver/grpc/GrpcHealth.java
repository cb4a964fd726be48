package io.pyserver.grpc;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import io.pyserver.PyserverProperties;
import io.pyserver.connection.ConnectionCounts;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeOutcome;
import io.pyserver.probe.ProbeSwitch;

/**
 * gRPC's health service with the method {@code Check}, which the kubelet's probe calls.
 * The service name of a call is the label of a probe's kind; an empty name means
 * liveness. Messages of a few bytes are encoded here, because gRPC's libraries would add
 * 8 MB to the image.
 * <p>
 * It answers gRPC calls to its path, for which it turns on HTTP/2. Any other request to
 * the path, such as one over HTTP/1.1, gets the answer of an unknown path.
 */
@Component
final class GrpcHealth
		implements RouterFunction<ServerResponse>, WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	/** The path prefix of its methods. */
	private static final String PATH = "/grpc.health.v1.Health/";

	private final boolean enabled;

	private final ProbeSwitch probeSwitch;

	private final ConnectionCounts counts;

	GrpcHealth(PyserverProperties properties, ProbeSwitch probeSwitch, ConnectionCounts counts) {
		this.enabled = properties.grpcHealth();
		this.probeSwitch = probeSwitch;
		this.counts = counts;
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		if (this.enabled) {
			factory.addConnectorCustomizers(
					(connector) -> connector.addUpgradeProtocol(new PriorKnowledgeHttp2(this.counts)));
		}
	}

	@Override
	public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
		return (this.enabled && isCall(request.servletRequest())) ? Optional.of(this::answer) : Optional.empty();
	}

	private static boolean isCall(HttpServletRequest request) {
		String contentType = request.getContentType();
		return request.getServletPath().startsWith(PATH) && request.getProtocol().equals("HTTP/2.0")
				&& request.getMethod().equals("POST")
				&& (HealthAnswer.CONTENT_TYPE.equals(contentType) || "application/grpc+proto".equals(contentType));
	}

	private ServerResponse answer(ServerRequest call) throws IOException {
		HttpServletRequest request = call.servletRequest();
		Optional<String> service = Optional.empty();
		HealthAnswer answer = HealthAnswer.UNIMPLEMENTED;
		if (request.getServletPath().equals(PATH + "Check")) {
			byte[] body = request.getInputStream().readNBytes(HealthCheckRequest.MAX_BYTES + 1);
			service = HealthCheckRequest.parse(body).map(HealthCheckRequest::service);
			answer = service.map(this::check).orElse(HealthAnswer.INVALID_ARGUMENT);
		}
		new ProbeOutcome(service.orElse(null), answer != HealthAnswer.SERVING).attachTo(request);
		return answer.response();
	}

	private HealthAnswer check(String service) {
		return (service.isEmpty() ? Optional.of(ProbeKind.LIVENESS) : ProbeKind.named(service))
			.map((kind) -> this.probeSwitch.settingAfterDelay(kind).broken() ? HealthAnswer.NOT_SERVING
					: HealthAnswer.SERVING)
			.orElse(HealthAnswer.NOT_FOUND);
	}

}

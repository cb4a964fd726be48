package io.pyserver.grpc;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.HttpRequestHandler;

import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeOutcome;
import io.pyserver.probe.ProbeSwitch;

/**
 * gRPC's health service, of which the kubelet's probe calls {@code Check}. The service it
 * asks about is a kind of probe by its label; none means liveness. Written by hand: call
 * and answer are a few bytes each, and gRPC's own libraries would add 8 MB to the image.
 */
final class GrpcHealthHandler implements HttpRequestHandler {

	/** What the paths of all its methods begin with. */
	static final String PATH = "/grpc.health.v1.Health/";

	private static final String CHECK = PATH + "Check";

	private final ProbeSwitch probeSwitch;

	GrpcHealthHandler(ProbeSwitch probeSwitch) {
		this.probeSwitch = probeSwitch;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (request.getServletPath().equals(CHECK)) {
			byte[] body = request.getInputStream().readNBytes(HealthCheckRequest.LONGEST + 1);
			Optional<String> service = HealthCheckRequest.parse(body).map(HealthCheckRequest::service);
			HealthAnswer answer = service.map(this::check).orElse(HealthAnswer.INVALID_ARGUMENT);
			send(answer, service.orElse(null), request, response);
		}
		else {
			send(HealthAnswer.UNIMPLEMENTED, null, request, response);
		}
	}

	private HealthAnswer check(String service) {
		return (service.isEmpty() ? Optional.of(ProbeKind.LIVENESS) : ProbeKind.named(service)).map(this::check)
			.orElse(HealthAnswer.NOT_FOUND);
	}

	private HealthAnswer check(ProbeKind kind) {
		return this.probeSwitch.await(kind).broken() ? HealthAnswer.NOT_SERVING : HealthAnswer.SERVING;
	}

	private static void send(HealthAnswer answer, @Nullable String service, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		new ProbeOutcome(service, answer != HealthAnswer.SERVING).tell(request);
		answer.send(response);
	}

}

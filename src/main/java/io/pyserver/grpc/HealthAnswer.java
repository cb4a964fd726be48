package io.pyserver.grpc;

import java.util.Map;

import org.springframework.web.servlet.function.ServerResponse;

/**
 * The answers to gRPC calls. The HTTP status is always 200. The gRPC status is in the
 * trailers.
 */
enum HealthAnswer {

	SERVING(1),

	NOT_SERVING(2),

	INVALID_ARGUMENT(3, "This is no HealthCheckRequest."),

	NOT_FOUND(5, "There are liveness, readiness and startup."),

	UNIMPLEMENTED(12, "There is only Check.");

	/** The media type of every call and every answer. */
	static final String CONTENT_TYPE = "application/grpc";

	private final byte[] message;

	private final Map<String, String> trailers;

	/**
	 * A HealthCheckResponse: uncompressed, 2 bytes, with the serving status in field 1.
	 */
	HealthAnswer(int servingStatus) {
		this.message = new byte[] { 0, 0, 0, 0, 2, 1 << 3, (byte) servingStatus };
		this.trailers = Map.of("grpc-status", "0");
	}

	/** A gRPC error, which has no message. */
	HealthAnswer(int grpcStatus, String explanation) {
		this.message = new byte[0];
		this.trailers = Map.of("grpc-status", String.valueOf(grpcStatus), "grpc-message", explanation);
	}

	ServerResponse response() {
		return ServerResponse.ok().build((_, response) -> {
			response.setContentType(CONTENT_TYPE);
			response.setTrailerFields(() -> this.trailers);
			response.getOutputStream().write(this.message);
			return null;
		});
	}

}

package io.pyserver.grpc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The request of a gRPC health check.
 *
 * @param service the name of the service, as sent; empty for the whole server
 */
record HealthCheckRequest(String service) {

	static final int MAX_BYTES = 1_024;

	private static final byte NOT_COMPRESSED = 0;

	/** The tag of field 1, whose value has a length prefix. */
	private static final byte SERVICE = 1 << 3 | 2;

	/**
	 * Parses the body of a call: a compression flag, the length of the message, the
	 * message.
	 * @return empty when the body is malformed or too long
	 */
	static Optional<HealthCheckRequest> parse(byte[] body) {
		ByteBuffer call = ByteBuffer.wrap(body);
		try {
			boolean valid = body.length <= MAX_BYTES && call.get() == NOT_COMPRESSED
					&& call.getInt() == call.remaining()
					&& (!call.hasRemaining() || (call.get() == SERVICE && length(call) == call.remaining()));
			return valid ? Optional.of(new HealthCheckRequest(StandardCharsets.UTF_8.decode(call).toString()))
					: Optional.empty();
		}
		catch (BufferUnderflowException ex) {
			return Optional.empty();
		}
	}

	/** A varint: seven bits a byte, lowest first. The longest body needs two bytes. */
	private static int length(ByteBuffer message) {
		int low = message.get();
		return (low >= 0) ? low : (low & 0x7f) + (message.get() << 7);
	}

}

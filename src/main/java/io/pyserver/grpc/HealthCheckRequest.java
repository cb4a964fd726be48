package io.pyserver.grpc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * gRPC's question whether a service is healthy. Its one field is a text.
 *
 * @param service what it asks about, as sent; empty for the server as a whole
 */
record HealthCheckRequest(String service) {

	/** The longest body, in bytes. */
	static final int LONGEST = 1_024;

	private static final byte NOT_COMPRESSED = 0;

	/** Field 1, with a length in front of its value. */
	private static final byte SERVICE = 1 << 3 | 2;

	/**
	 * Reads the body of a call: whether it is compressed, the length of the message, the
	 * message.
	 * @return nothing when it is malformed or too long
	 */
	static Optional<HealthCheckRequest> parse(byte[] body) {
		ByteBuffer call = ByteBuffer.wrap(body);
		try {
			boolean valid = body.length <= LONGEST && call.get() == NOT_COMPRESSED && call.getInt() == call.remaining()
					&& (!call.hasRemaining() || (call.get() == SERVICE && length(call) == call.remaining()));
			return valid ? Optional.of(new HealthCheckRequest(StandardCharsets.UTF_8.decode(call).toString()))
					: Optional.empty();
		}
		catch (BufferUnderflowException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Seven bits a byte, the lowest first; within the longest body two bytes are enough.
	 */
	private static int length(ByteBuffer message) {
		int low = message.get();
		return (low >= 0) ? low : (low & 0x7f) + (message.get() << 7);
	}

}

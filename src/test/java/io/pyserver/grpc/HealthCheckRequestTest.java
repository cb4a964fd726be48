package io.pyserver.grpc;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What gRPC's own library writes is read, and nothing else is.
 */
class HealthCheckRequestTest {

	@ParameterizedTest
	@ValueSource(strings = { "", "liveness", "caf\u00e9" })
	void requestsOfGrpcAreRead(String service) {
		assertThat(HealthCheckRequest.parse(asking(service))).contains(new HealthCheckRequest(service));
	}

	@ParameterizedTest
	@ValueSource(ints = { 127, 128, 255, 256, 1_016 })
	void aNameUpToTheMaximumLengthIsRead(int length) {
		String service = "s".repeat(length);

		assertThat(HealthCheckRequest.parse(asking(service))).contains(new HealthCheckRequest(service));
	}

	@Test
	void aLongerRequestIsRefused() {
		assertThat(asking("s".repeat(1_017))).hasSize(HealthCheckRequest.MAX_BYTES + 1);
		assertThat(HealthCheckRequest.parse(asking("s".repeat(1_017)))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "00 000000", "01 00000000", "00 00000001", "00 00000000 0a", "00 ffffffff",
			"00 80000000", "00 00000001 0a", "00 00000002 0a01", "00 00000002 0a80", "00 00000003 0a8101",
			"00 00000004 0affffff", "00 00000004 0a016c6c", "00 00000006 0a016c0a016c", "00 00000003 12016c",
			"00 00000002 0801", "7b7d", "47 4554202f20485454502f312e310d0a0d0a" })
	void anInvalidRequestIsRefused(String hex) {
		assertThat(HealthCheckRequest.parse(HexFormat.of().parseHex(hex.replace(" ", "")))).isEmpty();
	}

	private static byte[] asking(String service) {
		byte[] message = io.grpc.health.v1.HealthCheckRequest.newBuilder().setService(service).build().toByteArray();
		return ByteBuffer.allocate(5 + message.length).put((byte) 0).putInt(message.length).put(message).array();
	}

}

package io.pyserver.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthGrpc.HealthBlockingStub;
import io.grpc.stub.ClientCalls;

/**
 * gRPC's own client, used as the kubelet uses it: a new connection for each call. An
 * answer is SERVING or NOT_SERVING, or else the name of gRPC's status.
 *
 * @param address the server's address; one of this host makes it the caller's as well
 * @param port the server's port
 */
public record HealthClient(InetAddress address, int port) {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * Asks for the health of a service, as the kubelet does.
	 * @param service its name; empty for the server as a whole
	 * @return the answer
	 */
	public String check(String service) {
		return check(service, PATIENCE);
	}

	/** Asks, and waits no longer than so for the answer. */
	public String check(String service, Duration patience) {
		return call((channel) -> stub(channel, patience).check(about(service)).getStatus().name());
	}

	public String watch(String service) {
		return call((channel) -> stub(channel, PATIENCE).watch(about(service)).next().getStatus().name());
	}

	/** Any bytes as the message of any method. */
	public String send(String method, byte[] message) {
		MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
			.setType(MethodType.UNARY)
			.setFullMethodName(MethodDescriptor.generateFullMethodName(HealthGrpc.SERVICE_NAME, method))
			.build();
		return call((channel) -> {
			byte[] answer = ClientCalls.blockingUnaryCall(channel, descriptor,
					CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), message);
			return "OK, " + answer.length + " bytes";
		});
	}

	private String call(Function<Channel, String> call) {
		ManagedChannel channel = Grpc
			.newChannelBuilderForAddress(this.address.getHostAddress(), this.port, InsecureChannelCredentials.create())
			.userAgent("kube-probe/1.34")
			.build();
		try {
			return call.apply(channel);
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode().name();
		}
		finally {
			channel.shutdownNow();
		}
	}

	private static HealthBlockingStub stub(Channel channel, Duration patience) {
		return HealthGrpc.newBlockingStub(channel).withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static HealthCheckRequest about(String service) {
		return HealthCheckRequest.newBuilder().setService(service).build();
	}

	private static final class Bytes implements Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] message) {
			return new ByteArrayInputStream(message);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}

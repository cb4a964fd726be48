package io.pyserver.lab.cluster;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The near end of a command that runs in a pod, by Kubernetes' remote command protocol
 * {@value #PROTOCOL}: the first byte of each message is its channel.
 */
final class PodCommand implements WebSocket.Listener {

	static final String PROTOCOL = "v4.channel.k8s.io";

	/** The exit code of a command that could not be started, as in a shell. */
	private static final int NOT_STARTED = 126;

	private static final int STDOUT = 1;

	private static final int STDERR = 2;

	private static final int STATUS = 3;

	private final CompletableFuture<Output> output = new CompletableFuture<>();

	private final ByteArrayOutputStream[] channels = { new ByteArrayOutputStream(), new ByteArrayOutputStream(),
			new ByteArrayOutputStream(), new ByteArrayOutputStream() };

	private int channel = -1;

	/** What it printed and how it ended, once it has. */
	CompletableFuture<Output> output() {
		return this.output;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
		if (this.channel < 0 && data.hasRemaining()) {
			this.channel = data.get();
		}
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		if (this.channel >= 0 && this.channel < this.channels.length) {
			this.channels[this.channel].writeBytes(bytes);
		}
		if (last) {
			this.channel = -1;
		}
		socket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
		if (this.channels[STATUS].size() > 0) {
			this.output.complete(ended(JsonMapper.shared().readTree(text(STATUS))));
		}
		else {
			this.output
				.completeExceptionally(new IllegalStateException("it was broken off with " + code + " " + reason));
		}
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.output.completeExceptionally(error);
	}

	private Output ended(JsonNode status) {
		if (status.path("status").asString("").equals("Success")) {
			return new Output(0, text(STDOUT), text(STDERR));
		}
		return status.at("/details/causes")
			.valueStream()
			.filter((cause) -> cause.path("reason").asString("").equals("ExitCode"))
			.map((cause) -> new Output(Integer.parseInt(cause.path("message").asString()), text(STDOUT), text(STDERR)))
			.findFirst()
			.orElseGet(() -> new Output(NOT_STARTED, text(STDOUT), status.path("message").asString("")));
	}

	private String text(int channel) {
		return this.channels[channel].toString(StandardCharsets.UTF_8);
	}

}

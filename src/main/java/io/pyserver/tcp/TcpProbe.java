package io.pyserver.tcp;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.pyserver.probe.Call;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.ProbeKind;

/**
 * Serves the port of one kind of probe. A tcpSocket probe only opens a connection. Each
 * connection is recorded and closed without reading, so it delays no other.
 */
final class TcpProbe {

	private static final Logger logger = LoggerFactory.getLogger(TcpProbe.class);

	/** The wait after a failed accept, until a file descriptor may be free again. */
	private static final Duration PAUSE = Duration.ofMillis(100);

	private final ProbeKind kind;

	private final CallerResolver callers;

	private final Consumer<Call> log;

	private final Thread thread;

	/**
	 * Opens the port on all addresses. A virtual thread does not keep the JVM running.
	 */
	TcpProbe(ProbeKind kind, int port, CallerResolver callers, Consumer<Call> log) throws IOException {
		this.kind = kind;
		this.callers = callers;
		this.log = log;
		ServerSocket socket = new ServerSocket(port);
		this.thread = Thread.ofVirtual().name("tcp-probe-" + port).start(() -> serve(socket));
	}

	/** Closes the port, which then refuses connections. */
	void close() {
		this.thread.interrupt();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Closes the port even after an error. Otherwise the kernel would accept connections,
	 * and each would count as a successful probe.
	 */
	private void serve(ServerSocket socket) {
		try (socket) {
			while (!Thread.currentThread().isInterrupted()) {
				serveNext(socket);
			}
		}
		catch (IOException ex) {
			logger.warn("The port {} cannot be closed", socket.getLocalPort(), ex);
		}
	}

	private void serveNext(ServerSocket socket) {
		try (Socket connection = socket.accept()) {
			this.log.accept(call(connection));
		}
		catch (RuntimeException ex) {
			logger.error("A connection to the {} probe's port is not recorded", this.kind.label(), ex);
		}
		catch (IOException ex) {
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private Call call(Socket connection) {
		String remoteAddress = CallerResolver.shortest(connection.getInetAddress().getHostAddress());
		return new Call(Instant.now(), remoteAddress,
				CallerResolver.shortest(connection.getLocalAddress().getHostAddress()), "TCP",
				":" + connection.getLocalPort(), null, null, null, 200, 0, Duration.ZERO,
				this.callers.attribute(remoteAddress, this.kind.label(), null), false);
	}

}

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
 * The port of one kind of probe. A tcpSocket probe is a connection and nothing else, so
 * each is recorded and closed, without a look at what it sends: it can hold up nobody.
 */
final class TcpProbe {

	private static final Logger logger = LoggerFactory.getLogger(TcpProbe.class);

	/** After which the process may have a file descriptor left again. */
	private static final Duration PAUSE = Duration.ofMillis(100);

	private final ProbeKind kind;

	private final CallerResolver callers;

	private final Consumer<Call> log;

	private final Thread thread;

	/**
	 * Opens the port on all addresses; with a virtual thread, which keeps no JVM from its
	 * end.
	 */
	TcpProbe(ProbeKind kind, int port, CallerResolver callers, Consumer<Call> log) throws IOException {
		this.kind = kind;
		this.callers = callers;
		this.log = log;
		ServerSocket socket = new ServerSocket(port);
		this.thread = Thread.ofVirtual().name("tcp-probe-" + port).start(() -> serve(socket));
	}

	/** From then on a connection is refused. */
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
	 * Closes the port whatever ends it: the kernel would go on taking connections, and
	 * each would pass for a probe that succeeds.
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

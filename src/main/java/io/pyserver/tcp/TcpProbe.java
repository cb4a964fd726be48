package io.pyserver.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
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

	private final int port;

	private final CallerResolver callers;

	private final Consumer<Call> log;

	private @Nullable Listening listening;

	TcpProbe(ProbeKind kind, int port, CallerResolver callers, Consumer<Call> log) {
		this.kind = kind;
		this.port = port;
		this.callers = callers;
		this.log = log;
	}

	ProbeKind kind() {
		return this.kind;
	}

	/** On all addresses; with a virtual thread, which keeps no JVM from its end. */
	void open() throws IOException {
		if (this.listening == null) {
			ServerSocket socket = new ServerSocket(this.port);
			this.listening = new Listening(socket,
					Thread.ofVirtual().name("tcp-probe-" + this.port).start(() -> serve(socket)));
		}
	}

	/** From then on a connection is refused. */
	void close() {
		if (this.listening != null) {
			this.listening.end();
			this.listening = null;
		}
	}

	/**
	 * Closes the port whatever ends it: the kernel would go on taking connections, and
	 * each would pass for a probe that succeeds.
	 */
	private void serve(ServerSocket socket) {
		try (socket) {
			while (!socket.isClosed()) {
				serveNext(socket);
			}
		}
		catch (IOException ex) {
			logger.warn("The port {} cannot be closed", this.port, ex);
		}
	}

	private void serveNext(ServerSocket socket) {
		try (Socket connection = socket.accept()) {
			this.log.accept(call(connection));
		}
		catch (RuntimeException ex) {
			logger.error("A connection to {} is not recorded", this, ex);
		}
		catch (IOException ex) {
			if (!socket.isClosed()) {
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}
	}

	private Call call(Socket connection) {
		String remoteAddress = CallerResolver.shortest(connection.getInetAddress().getHostAddress());
		return new Call(Instant.now(), remoteAddress,
				CallerResolver.shortest(connection.getLocalAddress().getHostAddress()), "TCP", ":" + this.port, null,
				null, null, 200, 0, Duration.ZERO, this.callers.attribute(remoteAddress, this.kind.label(), null),
				false);
	}

	/** As in the property. */
	@Override
	public String toString() {
		return this.kind.label() + "=" + this.port;
	}

	/** The open port, and the thread that serves it. */
	private record Listening(ServerSocket socket, Thread thread) {

		/** What a virtual thread waits on is not closed before that thread runs again. */
		void end() {
			try {
				this.socket.close();
				this.thread.join();
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The port " + this.socket.getLocalPort() + " cannot be closed", ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}

package io.pyserver.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * Sends bytes as they are, each time over a connection of its own. A character of a text
 * is one byte (ISO 8859-1).
 *
 * @param address the server's address; one of this host makes it the caller's as well
 * @param port the server's port
 */
public record RawClient(InetAddress address, int port) {

	private static final int PATIENCE_MILLIS = 30_000;

	/**
	 * For a server on loopback.
	 * @param port the server's port
	 */
	public RawClient(int port) {
		this(InetAddress.ofLiteral("127.0.0.1"), port);
	}

	/**
	 * Sends the text and reads until the server closes the connection.
	 * @param request all of it, with its empty line; it should ask for
	 * {@code Connection: close}
	 * @return the answer
	 * @throws IOException when the server keeps the connection open for more than thirty
	 * seconds, or breaks it
	 */
	public RawResponse exchange(String request) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request);
			return RawResponse.parse(socket.getInputStream().readAllBytes());
		}
	}

	/**
	 * Sends the text and waits until the connection ends, in whichever way.
	 * @param request anything
	 * @throws IOException when the server cannot be reached, or keeps the connection open
	 * for more than thirty seconds
	 */
	public void sendAndWait(String request) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request);
			socket.getInputStream().readAllBytes();
		}
		catch (SocketException ex) {
			// Ended by a reset: the server closed it without reading to the end.
		}
	}

	/**
	 * Sends the text and closes the connection, the polite way, without reading.
	 * @param request all or part of a request
	 * @throws IOException when the server cannot be reached
	 */
	public void sendAndLeave(String request) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request);
		}
	}

	/**
	 * Sends the text and breaks the connection at once (TCP reset).
	 * @param request all or part of a request
	 * @throws IOException when the server cannot be reached
	 */
	public void sendAndReset(String request) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request);
			socket.setSoLinger(true, 0);
		}
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket(this.address, this.port);
		socket.setSoTimeout(PATIENCE_MILLIS);
		return socket;
	}

	private static void send(Socket socket, String request) throws IOException {
		socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
	}

}

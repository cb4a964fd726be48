package io.pyserver.board;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A board as a client sees it that reads on.
 *
 * @param connection its own
 * @param lines what has not been read yet
 */
record OpenBoard(Socket connection, BufferedReader lines) implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 30_000;

	/**
	 * Opens one over a connection that is used for nothing else, by HTTP/1.0, which has
	 * no chunks in between.
	 */
	static OpenBoard at(Socket connection) throws IOException {
		connection.setSoTimeout(PATIENCE_MILLIS);
		connection.getOutputStream()
			.write(("GET /board/events HTTP/1.0\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
		return new OpenBoard(connection,
				new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)));
	}

	/**
	 * Reads until there is such a line.
	 * @throws IOException when the board ends, or says nothing for long, before that
	 */
	String awaitLine(String pattern) throws IOException {
		long begun = System.nanoTime();
		String last = "nothing";
		for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
			if (line.matches(pattern)) {
				return line;
			}
			last = line;
			if (System.nanoTime() - begun > PATIENCE_MILLIS * 1_000_000L) {
				throw new IOException("No line was like " + pattern + "; the last is " + last);
			}
		}
		throw new IOException("The board ended without a line like " + pattern + ", after " + last);
	}

	JsonNode awaitEvent(String name) throws IOException {
		awaitLine("event:" + name);
		awaitLine("retry:1000");
		return JsonMapper.shared().readTree(this.lines.readLine().substring("data:".length()));
	}

	/**
	 * Leaves by a reset, which the service notices with the next write; nothing if it has
	 * left.
	 */
	void breakOff() {
		try {
			if (!this.connection.isClosed()) {
				this.connection.setSoLinger(true, 0);
				this.connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Leaves as a page does, which the service notices with the second write. */
	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package io.pyserver.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.springframework.boot.SpringApplication;

/**
 * The process's one standard output and its one writer. Once shared, everything that is
 * printed goes through the writer as well: no line ever starts inside another one, and
 * nobody who logs waits for a slow reader.
 */
public final class StandardOutput {

	static final LineWriter WRITER = new LineWriter(new FileOutputStream(FileDescriptor.out), Duration.ofMillis(10));

	private StandardOutput() {
	}

	/**
	 * Sends {@link System#out} through the writer, which is closed when the service has
	 * stopped.
	 */
	public static void share() {
		System.setOut(new PrintStream(new Lines(WRITER), false, StandardCharsets.UTF_8));
		SpringApplication.getShutdownHandlers().add(WRITER::close);
	}

	/** Collects what is printed until it is flushed and has an end of line. */
	static final class Lines extends OutputStream {

		private final LineWriter writer;

		private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

		private boolean complete;

		Lines(LineWriter writer) {
			this.writer = writer;
		}

		@Override
		public synchronized void write(int b) {
			this.printed.write(b);
			this.complete = b == '\n';
		}

		@Override
		public synchronized void write(byte[] bytes, int offset, int length) {
			if (length > 0) {
				this.printed.write(bytes, offset, length);
				this.complete = bytes[offset + length - 1] == '\n';
			}
		}

		@Override
		public synchronized void flush() {
			if (this.complete) {
				String lines = this.printed.toString(StandardCharsets.UTF_8).stripTrailing();
				this.writer.write((text) -> text.append(lines));
				this.printed.reset();
				this.complete = false;
			}
		}

	}

}

package io.pyserver.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.LoggerContext;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Keeps the access log away from standard output and hands its lines to a test.
 */
@TestConfiguration(proxyBeanMethods = false)
public class CapturedAccessLog {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	@Bean(initMethod = "start", destroyMethod = "stop")
	@Primary
	LogQueue capturingQueue() {
		PrintStream output = new PrintStream(new Lines());
		return new LogQueue(new LoggerContext(), () -> output, Duration.ZERO);
	}

	/**
	 * The next line, waited for: it is written after the client has its answer.
	 * @return the line, without its end
	 * @throws InterruptedException when the waiting is interrupted
	 */
	public String nextLine() throws InterruptedException {
		String line = this.lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		if (line == null) {
			throw new AssertionError("No line in the access log within " + PATIENCE.toSeconds() + " s");
		}
		return line;
	}

	/**
	 * The lines that nobody has asked for.
	 * @return those written by now
	 */
	public List<String> linesLeft() {
		List<String> left = new ArrayList<>();
		this.lines.drainTo(left);
		return left;
	}

	/** Cuts at line feeds and nowhere else; what is no complete line stays behind. */
	private final class Lines extends OutputStream {

		private final ByteArrayOutputStream line = new ByteArrayOutputStream();

		@Override
		public void write(int b) {
			if (b == '\n') {
				CapturedAccessLog.this.lines.add(this.line.toString(StandardCharsets.ISO_8859_1));
				this.line.reset();
			}
			else {
				this.line.write(b);
			}
		}

	}

}

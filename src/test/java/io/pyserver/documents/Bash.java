package io.pyserver.documents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A shell of this machine, in the repository's root, that knows neither the reader's home
 * nor a cluster: what it finds one by has to be in the commands.
 */
final class Bash implements Terminal, AutoCloseable {

	/** Longer than any block takes, a rollout on a busy machine among them. */
	private static final Duration PATIENCE = Duration.ofMinutes(4);

	private static final String FAILED = "io.pyserver.documents.failed";

	private static final String ENDED = "io.pyserver.documents.ended";

	private static final Pattern FAILURE = Pattern.compile(Pattern.quote(FAILED) + " (\\d+) (\\d+)\n?");

	private final Path home;

	private final Process process;

	private final Writer in;

	private final BufferedReader out;

	/**
	 * Starts it.
	 * @param path where commands are looked for
	 */
	Bash(String path) {
		try {
			this.home = Files.createTempDirectory("documents");
			ProcessBuilder bash = new ProcessBuilder("bash", "--noprofile", "--norc").redirectErrorStream(true);
			bash.environment().clear();
			bash.environment()
				.putAll(Map.of("PATH", path, "HOME", this.home.toString(), "LC_ALL", "C.UTF-8", "KUBECONFIG",
						this.home.resolve("the-page-has-to-name-one").toString()));
			this.process = bash.start();
			this.in = this.process.outputWriter(StandardCharsets.UTF_8);
			this.out = this.process.inputReader(StandardCharsets.UTF_8);
			this.in.write("trap 'printf \"%s %s %s\\n\" " + FAILED + " $? $LINENO' ERR\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("bash cannot be run", ex);
		}
	}

	@Override
	public Printed run(Block commands) {
		try {
			Path script = Files.writeString(this.home.resolve("block"), commands.text() + "\n");
			this.in.write(". '" + script + "' </dev/null; printf '\\n%s\\n' " + ENDED + "\n");
			this.in.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		String printed = CompletableFuture.supplyAsync(this::toTheEnd, Thread::startVirtualThread)
			.completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS)
			.join();
		if (printed == null) {
			close();
			return new Printed("", new Failure(0, -1, "it did not end within " + PATIENCE.toMinutes() + " minutes"));
		}
		return new Printed(FAILURE.matcher(printed).replaceAll(""), failure(printed));
	}

	private static @Nullable Failure failure(String printed) {
		Matcher failure = FAILURE.matcher(printed);
		if (!failure.find()) {
			return null;
		}
		String said = printed.substring(0, failure.start())
			.strip()
			.lines()
			.reduce((first, last) -> last)
			.orElse("it printed nothing");
		return new Failure(Integer.parseInt(failure.group(2)) - 1, Integer.parseInt(failure.group(1)), said);
	}

	private String toTheEnd() {
		StringBuilder printed = new StringBuilder();
		try {
			for (String line = this.out.readLine(); line != null; line = this.out.readLine()) {
				if (line.equals(ENDED)) {
					return printed.toString();
				}
				printed.append(line).append('\n');
			}
			return printed + "the shell ended\n" + FAILED + " 1 1";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Ends it, with all that it started. */
	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

}

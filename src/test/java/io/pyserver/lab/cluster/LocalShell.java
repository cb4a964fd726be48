package io.pyserver.lab.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** On this machine. */
record LocalShell() implements Shell {

	private static final File NOTHING = new File("/dev/null");

	private static final Executor READER = Thread::startVirtualThread;

	/** Whether there is such a program on the path. */
	static boolean has(String program) {
		return new LocalShell().run("sh", "-c", "command -v \"$0\"", program).succeeded();
	}

	@Override
	public Output run(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(NOTHING)).start();
			try {
				CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()),
						READER);
				String output = text(process.getInputStream());
				return new Output(process.waitFor(), output, errors.join());
			}
			finally {
				process.destroy();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(command.getFirst() + " cannot be run on this machine", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted during " + command, ex);
		}
	}

	private static String text(InputStream stream) {
		try {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package io.pyserver.lab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** On this machine, for commands that print few errors. */
record LocalShell() implements Shell {

	@Override
	public Output run(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).start();
			String output = text(process.getInputStream());
			String errors = text(process.getErrorStream());
			return new Output(process.waitFor(), output, errors);
		}
		catch (IOException ex) {
			throw new LabException("%s cannot be run; install it, and put it on the PATH: %s"
				.formatted(command.getFirst(), ex.getMessage()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted during " + command, ex);
		}
	}

	private static String text(InputStream stream) throws IOException {
		return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
	}

}

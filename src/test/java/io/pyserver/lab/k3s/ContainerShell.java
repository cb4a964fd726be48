package io.pyserver.lab.k3s;

import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/** Inside a container of this machine. */
record ContainerShell(GenericContainer<?> container) implements Shell {

	@Override
	public Output run(List<String> command) {
		try {
			ExecResult result = this.container.execInContainer(StandardCharsets.UTF_8, command.toArray(String[]::new));
			return new Output(result.getExitCode(), result.getStdout(), result.getStderr());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted during " + command, ex);
		}
	}

}

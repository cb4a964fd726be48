package io.pyserver.lab.k3s;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;

/**
 * {@code kubectl}, for what an API server makes of manifests.
 *
 * @param shell where it runs
 * @param copy copies a folder of this machine there, and returns its path there
 */
public record Kubectl(Shell shell, UnaryOperator<Path> copy) {

	/** Runs it, whatever its exit code is. */
	public Output attempt(String... arguments) {
		return this.shell.run(Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList());
	}

	/**
	 * Runs it.
	 * @throws IllegalStateException if it fails, with what it printed
	 */
	public Output run(String... arguments) {
		return attempt(arguments).orThrow("kubectl " + String.join(" ", arguments));
	}

	/** Copies a folder of this machine to kubectl's, and returns its path there. */
	public String take(Path folder) {
		return this.copy.apply(folder).toString();
	}

}

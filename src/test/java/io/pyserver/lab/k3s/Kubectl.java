package io.pyserver.lab.k3s;

import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * {@code kubectl}, for what an API server makes of manifests.
 *
 * @param shell where it runs
 * @param takeOver makes a folder of this machine known there, and says under which name
 */
public record Kubectl(Shell shell, UnaryOperator<Path> takeOver) {

	/** Runs it and leaves the judgement of the exit code to the caller. */
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

	/** Makes a folder of this machine known to kubectl, and says under which name. */
	public String take(Path folder) {
		return this.takeOver.apply(folder).toString();
	}

}

package io.pyserver.support;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the service, or another program, with this JVM's Java as a process of its own.
 * It starts as fast as it can, and is not made for speed later.
 */
public final class JavaCommand {

	private JavaCommand() {
	}

	/**
	 * Makes it, to be started.
	 * @param arguments for {@code java}
	 * @return with standard error among standard output
	 */
	public static ProcessBuilder of(String... arguments) {
		List<String> command = Stream
			.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), Stream.of(arguments))
			.toList();
		return new ProcessBuilder(command).redirectErrorStream(true);
	}

}

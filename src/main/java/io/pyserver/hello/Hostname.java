package io.pyserver.hello;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The name that {@code gethostname()} gives, which in a pod is the pod's name.
 * {@link java.net.InetAddress#getLocalHost()} would ask DNS as well, and hang under a
 * default-deny egress policy.
 */
final class Hostname {

	private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

	private Hostname() {
	}

	static String current() {
		try {
			return Files.exists(KERNEL_HOSTNAME) ? Files.readString(KERNEL_HOSTNAME).strip() : fromCommand();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The host's name cannot be read", ex);
		}
	}

	/** For macOS and Windows, which have the same command and no such file. */
	private static String fromCommand() throws IOException {
		Process hostname = new ProcessBuilder("hostname").redirectErrorStream(true).start();
		try (var output = hostname.getInputStream()) {
			return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
		}
	}

}

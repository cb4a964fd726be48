package io.pyserver.hello;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The result of {@code gethostname()}, which in a pod is the pod's name. Where there is
 * no {@code /proc}, {@link InetAddress#getLocalHost()} returns it. That method also
 * queries DNS, which would hang under a default-deny egress policy.
 */
public final class Hostname {

	private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

	private Hostname() {
	}

	/** The host name of this process. */
	public static String current() {
		try {
			return Files.exists(KERNEL_HOSTNAME) ? Files.readString(KERNEL_HOSTNAME).strip()
					: InetAddress.getLocalHost().getHostName();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The host's name cannot be read", ex);
		}
	}

}

package io.pyserver.fire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.pyserver.support.UnpackedImage;
import io.pyserver.support.OwnAddress;
import io.pyserver.support.PrintedPort;

/**
 * The image's process. An address of this host stands for the node, loopback for anyone
 * else.
 *
 * @param process the service
 * @param node calls as the node, and is called by it
 * @param log all that it prints
 */
record RunningImage(Process process, InetAddress node, int port, Path log) {

	static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	static RunningImage of(UnpackedImage image, Path log, String... properties) throws IOException {
		String[] all = Stream.concat(Stream.of(properties), Stream.of("--pyserver.node-ips=" + OwnAddress.list()))
			.toArray(String[]::new);
		Process process = image.start(log, all);
		return new RunningImage(process, OwnAddress.any(), PrintedPort.of(process, log), log);
	}

	/** Where the board is. */
	InetSocketAddress board() throws IOException {
		return new InetSocketAddress(LOOPBACK, PrintedPort.ofOperators(this.log));
	}

	/** The answer's first words, or the failure. */
	String ask(InetAddress caller) {
		return Probes.ask(at(caller), 10_000);
	}

	InetSocketAddress at(InetAddress address) {
		return new InetSocketAddress(address, this.port);
	}

	/**
	 * Tells it to stop.
	 * @return its exit code
	 */
	int stop() throws InterruptedException {
		this.process.destroy();
		return this.process.waitFor();
	}

	String printed() throws IOException {
		return Files.readString(this.log);
	}

}

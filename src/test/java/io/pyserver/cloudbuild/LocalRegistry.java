package io.pyserver.cloudbuild;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.pyserver.lab.cluster.Node;
import io.pyserver.support.FreePort;

import static org.awaitility.Awaitility.await;

/**
 * Debian's {@code docker-registry}, which the nodes of a throw-away cluster reach without
 * TLS.
 */
final class LocalRegistry implements AutoCloseable {

	static final String COMMAND = "docker-registry";

	private final Process process;

	private final String name;

	private LocalRegistry(Process process, String name) {
		this.process = process;
		this.name = name;
	}

	/**
	 * Starts one.
	 * @param directory an empty one, for its files
	 * @param address of this machine
	 */
	static LocalRegistry start(Path directory, String address) throws IOException {
		InetSocketAddress free = FreePort.at(InetAddress.ofLiteral(address));
		String name = address + ":" + free.getPort();
		Path config = Files.writeString(directory.resolve("config.yml"), """
				version: 0.1
				storage:
				  filesystem:
				    rootdirectory: %s
				http:
				  addr: %s
				""".formatted(directory.resolve("images"), name));
		Path log = directory.resolve("log");
		Process process = new ProcessBuilder(COMMAND, "serve", config.toString()).redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		await(COMMAND + " listens, its log is " + log).atMost(Duration.ofSeconds(20)).until(() -> isOpen(free));
		return new LocalRegistry(process, name);
	}

	private static boolean isOpen(InetSocketAddress address) {
		try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Host and port. */
	String name() {
		return this.name;
	}

	/**
	 * Has a node pull an image, and know it as the one of {@code gcr.io} that this
	 * registry stands in for.
	 * @param image without a registry, with its digest
	 */
	void pulledBy(Node node, String image) {
		String pulled = this.name + "/" + image;
		node.shell()
			.run("ctr", "-n", "k8s.io", "images", "pull", "--plain-http", pulled)
			.orThrow("pulling " + pulled + " on " + node);
		node.shell()
			.run("ctr", "-n", "k8s.io", "images", "tag", "--force", pulled, "gcr.io/" + image)
			.orThrow("naming " + pulled + " on " + node);
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}

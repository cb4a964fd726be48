package io.pyserver.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.pyserver.support.FreePort;
import io.pyserver.support.JavaCommand;
import io.pyserver.support.OwnAddress;
import io.pyserver.support.PrintedPort;
import io.pyserver.support.RawClient;

/**
 * The executable jar as a process that can be started again on its port, as the kubelet
 * does it. Addresses of this host stand for the node.
 */
final class ServiceProcess {

	private final Path directory;

	private final int port;

	private final int operators;

	private final List<String> properties;

	private Process process;

	private ServiceProcess(Path directory, int port, int operators, List<String> properties) throws IOException {
		this.directory = directory;
		this.port = port;
		this.operators = operators;
		this.properties = properties;
		this.process = run();
	}

	static ServiceProcess start(Path directory, String... properties) throws IOException {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("--pyserver.node-ips=" + OwnAddress.list());
		int port = FreePort.find();
		int operators = FreePort.find();
		all.addAll(List.of("--server.port=" + port, "--management.server.port=" + operators));
		return new ServiceProcess(directory, port, operators, all);
	}

	private Process run() throws IOException {
		Path log = Files.createTempFile(this.directory, "service", ".log");
		List<String> arguments = new ArrayList<>(
				List.of("-Xmx64m", "-Djava.io.tmpdir=" + this.directory, "-jar", "target/pyserver-1.0.jar"));
		arguments.addAll(this.properties);
		Process started = JavaCommand.of(arguments.toArray(String[]::new)).redirectOutput(log.toFile()).start();
		PrintedPort.of(started, log);
		return started;
	}

	/** As the kubelet does with a container whose liveness is broken. */
	void restart() throws IOException, InterruptedException {
		kill();
		this.process = run();
	}

	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	String board() {
		return "http://localhost:" + this.operators + "/board";
	}

	/** Asks as the node does; the status of the answer. */
	int probe(String kind, String path) throws IOException {
		return new RawClient(OwnAddress.any(), this.port)
			.exchange(
					"GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nProbe: " + kind + "\r\n\r\n")
			.status();
	}

}

package io.pyserver.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.testcontainers.utility.MountableFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cluster's own {@code kubectl}, run inside the server's container: it cannot touch
 * any context of the machine that runs the tests.
 */
final class Kubectl {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Shell server;

	Kubectl(Shell server) {
		this.server = server;
	}

	/** Runs it and leaves the judgement of the exit code to the caller. */
	Output attempt(String... arguments) {
		List<String> command = new ArrayList<>(List.of("kubectl", "--request-timeout=30s"));
		command.addAll(List.of(arguments));
		return this.server.run(command);
	}

	/**
	 * Runs it.
	 * @throws IllegalStateException if it fails, with what it printed
	 */
	Output run(String... arguments) {
		return attempt(arguments).orThrow("kubectl " + String.join(" ", arguments));
	}

	JsonNode json(String... arguments) {
		List<String> command = new ArrayList<>(List.of(arguments));
		command.addAll(List.of("-o", "json"));
		return JSON.readTree(run(command.toArray(String[]::new)).stdout());
	}

	/** Where it runs. */
	Shell shell() {
		return this.server;
	}

	/** Makes a folder of this machine known to kubectl, and says under which name. */
	String take(Path folder) {
		String name = "/lab/" + folder.getFileName();
		this.server.run("rm", "-rf", name);
		this.server.container().copyFileToContainer(MountableFile.forHostPath(folder), name);
		return name;
	}

}

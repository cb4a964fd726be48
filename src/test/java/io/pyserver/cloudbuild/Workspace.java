package io.pyserver.cloudbuild;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.util.FileSystemUtils;

import io.pyserver.lab.cluster.Shell.Output;

/**
 * Where steps run, one after the other: a copy of the manifests, and a path on which
 * stand-ins for {@code gcloud} and {@code mvn} come first.
 *
 * @param folder the working directory of each step
 * @param standIns what the stand-ins read and write
 * @param environment of each step, beside its own
 */
record Workspace(Path folder, Path standIns, Map<String, String> environment) {

	private static final Path STAND_INS = Path.of("src/test/resources/cloudbuild/stand-ins");

	/**
	 * A new one.
	 * @param directory an empty one
	 * @param registry host and port of what stands in for {@code gcr.io}
	 */
	static Workspace in(Path directory, String registry) throws IOException {
		Path folder = Files.createDirectory(directory.resolve("workspace"));
		Path standIns = Files.createDirectory(directory.resolve("stand-ins"));
		Path path = Files.createDirectory(standIns.resolve("bin"));
		for (String command : List.of("gcloud", "mvn")) {
			Files.createSymbolicLink(path.resolve(command), STAND_INS.resolve(command).toAbsolutePath());
		}
		FileSystemUtils.copyRecursively(Path.of("k8s"), folder.resolve("k8s"));
		Files.copy(Path.of("pom.xml"), folder.resolve("pom.xml"));
		Map<String, String> environment = new HashMap<>();
		environment.put("PATH", path + File.pathSeparator + System.getenv("PATH"));
		environment.put("HOME", Files.createDirectory(directory.resolve("home")).toString());
		environment.put("HOME_OF_MAVEN", System.getProperty("user.home"));
		environment.put("STAND_INS", standIns.toString());
		environment.put("SOURCES", Path.of("").toAbsolutePath().toString());
		environment.put("REGISTRY", registry);
		return new Workspace(folder, standIns, environment);
	}

	/** Runs a step. */
	Output run(BuildStep step, Substitutions substitutions) throws IOException, InterruptedException {
		List<String> command = step.command(substitutions);
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile());
		builder.environment().remove("KUBECONFIG");
		builder.environment().putAll(this.environment);
		builder.environment().putAll(step.environment(substitutions));
		Path errors = this.standIns.resolve(step.id() + ".errors");
		Process process = builder.redirectError(errors.toFile()).start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes());
		return new Output(process.waitFor(), output, Files.readString(errors));
	}

	/** What the stand-ins were asked for, in order. */
	List<String> calls() throws IOException {
		return Files.readAllLines(this.standIns.resolve("calls"));
	}

}

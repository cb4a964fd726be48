package io.pyserver.lab.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.ClusterRun;
import io.pyserver.lab.cluster.SideBySide;

/**
 * Files that help a person to find the cause of a failure. They contain logs, events and
 * objects of a namespace, and addresses, routes and packet filter rules of the nodes that
 * its pods run on. They are written before anything is removed. If content cannot be
 * read, its file contains the reason.
 */
public final class Diagnostics {

	/** The name of the folder, which is in the folder of the report. */
	public static final String FOLDER = "details";

	private static final String NETWORK = "for each in 'ip addr' 'ip route' 'iptables-save' 'nft list ruleset'; do echo \"### $each\"; $each 2>&1; done";

	private Diagnostics() {
	}

	/** Removes the files of earlier runs. Folders without the lab's prefix stay. */
	public static void clear(Path report) {
		Path details = report.resolve(FOLDER);
		if (!Files.exists(details)) {
			return;
		}
		try (Stream<Path> paths = Files.walk(details)) {
			for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
				if (details.relativize(path).toString().startsWith(ClusterRun.PREFIX)) {
					Files.delete(path);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes the files of a namespace side by side, because a node that does not answer
	 * delays each of its files.
	 * @param report the folder of the report
	 * @return their folder, relative to the report, or null if they cannot be written
	 */
	static @Nullable String tryToWrite(Path report, PodGroup group) {
		Path folder = report.resolve(FOLDER).resolve(group.namespace());
		try {
			Files.createDirectories(folder);
			SideBySide.each(files(group).entrySet(), (file) -> write(folder.resolve(file.getKey()), file.getValue()));
			return report.relativize(folder).toString().replace('\\', '/');
		}
		catch (IOException | UncheckedIOException ex) {
			System.out.println("The details could not be written: " + LabException.oneLine(ex.toString()));
			return null;
		}
	}

	private static void write(Path file, Supplier<String> content) {
		String text;
		try {
			text = content.get();
		}
		catch (RuntimeException ex) {
			text = ex + "\n";
		}
		try {
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, Supplier<String>> files(PodGroup group) {
		KubernetesClient client = group.cluster().client();
		String namespace = group.namespace();
		Map<String, Supplier<String>> files = new LinkedHashMap<>();
		files.put("pods.yaml", () -> Serialization.asYaml(client.pods().inNamespace(namespace).list()));
		files.put("networkpolicies.yaml",
				() -> Serialization.asYaml(client.network().v1().networkPolicies().inNamespace(namespace).list()));
		files.put("events.yaml", () -> Serialization.asYaml(client.v1().events().inNamespace(namespace).list()));
		group.pods().forEach((name, pod) -> {
			files.put(name + ".states",
					() -> group.states(name).stream().map((state) -> state + "\n").collect(Collectors.joining()));
			files.put(name + ".log", () -> printed(group, pod, false));
			if (ContainerUnderTest.restarts(pod) > 0) {
				files.put(name + ".previous.log", () -> printed(group, pod, true));
			}
			group.cluster()
				.nodes()
				.stream()
				.filter((node) -> node.canRunCommands() && node.name().equals(pod.getSpec().getNodeName()))
				.forEach((node) -> files.put("node-" + node.name() + ".txt",
						() -> node.shell().run("sh", "-c", NETWORK).everything()));
		});
		return files;
	}

	/** The output of all containers, one after the other. */
	private static String printed(PodGroup group, Pod pod, boolean before) {
		return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
			.map((container) -> group.printed(pod.getMetadata().getName(), container.getName(), before))
			.collect(Collectors.joining());
	}

}

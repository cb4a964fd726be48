package io.pyserver.lab.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.RunNamespaces;
import io.pyserver.lab.cluster.UnderTest;

/**
 * What a person looks into where probes did not survive: logs, events and objects of the
 * namespace, addresses, routes and rules of the nodes. It is written before anything is
 * removed, as far as it can be had.
 */
public final class Diagnostics {

	private static final String FOLDER = "details";

	private static final String NETWORK = "for each in 'ip addr' 'ip route' 'iptables-save' 'nft list ruleset'; do echo \"### $each\"; $each 2>&1; done";

	private Diagnostics() {
	}

	/**
	 * Removes those of an earlier run.
	 * @param report the folder of its report
	 */
	public static void clear(Path report) {
		if (!Files.exists(report.resolve(FOLDER))) {
			return;
		}
		try (Stream<Path> folders = Files.list(report.resolve(FOLDER))) {
			for (Path folder : folders.filter(Diagnostics::isOfARun).toList()) {
				remove(folder);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Other folders are somebody else's. */
	private static boolean isOfARun(Path folder) {
		return folder.getFileName().toString().startsWith(RunNamespaces.PREFIX);
	}

	private static void remove(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	/**
	 * Writes them.
	 * @return the folder, as seen from the report's, or null where they cannot be written
	 */
	static @Nullable String tryToWrite(Lab lab, PodGroup group) {
		try {
			return write(lab.settings().report(), group);
		}
		catch (RuntimeException ex) {
			System.out.println("The details could not be written: " + LabException.oneLine(ex.getMessage()));
			return null;
		}
	}

	private static String write(Path report, PodGroup group) {
		Path folder = report.resolve(FOLDER).resolve(group.namespace());
		try {
			Files.createDirectories(folder);
			KubernetesClient client = group.cluster().client();
			put(folder, "pods.yaml", client.pods().inNamespace(group.namespace()).list());
			put(folder, "networkpolicies.yaml",
					client.network().v1().networkPolicies().inNamespace(group.namespace()).list());
			put(folder, "events.yaml", client.v1().events().inNamespace(group.namespace()).list());
			for (Pod pod : group.pods().values()) {
				String name = pod.getMetadata().getName();
				put(folder, name + ".states", lines(group.states(name)));
				put(folder, name + ".log", printed(group, pod, false));
				if (UnderTest.restarts(pod) > 0) {
					put(folder, name + ".previous.log", printed(group, pod, true));
				}
			}
			for (Node node : group.cluster().nodes()) {
				if (node.inside() != null) {
					put(folder, "node-" + node.name() + ".txt", node.inside().run("sh", "-c", NETWORK).everything());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return report.relativize(folder).toString().replace('\\', '/');
	}

	private static String lines(List<?> lines) {
		return lines.stream().map((line) -> line + "\n").collect(Collectors.joining());
	}

	/** By all containers, one after the other. */
	private static String printed(PodGroup group, Pod pod, boolean before) {
		return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
			.map((container) -> group.printed(pod.getMetadata().getName(), container.getName(), before))
			.collect(Collectors.joining());
	}

	private static void put(Path folder, String name, KubernetesResource objects) throws IOException {
		put(folder, name, Serialization.asYaml(objects));
	}

	private static void put(Path folder, String name, String text) throws IOException {
		Files.writeString(folder.resolve(name), text);
	}

}

package io.pyserver.lab.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.report.Report;
import tools.jackson.databind.JsonNode;

import org.springframework.util.FileSystemUtils;

/**
 * What a person looks into where probes did not survive: logs, events and objects of the
 * namespace, addresses, routes and rules of the nodes. It is written before anything is
 * removed, as far as it can be had.
 */
public final class Details {

	private static final Path FOLDER = Report.FOLDER.resolve("details");

	private static final List<String> OBJECTS = List.of("pods", "networkpolicies", "events");

	private static final String LOOK = "for look in 'ip addr' 'ip route' 'iptables-save' 'nft list ruleset'; do echo \"### $look\"; $look 2>&1; done";

	private Details() {
	}

	/** Removes those of an earlier run. */
	public static void clear() {
		try {
			FileSystemUtils.deleteRecursively(FOLDER);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes them.
	 * @return the folder, as seen from the report's
	 */
	static String write(Lab lab, PodGroup group) {
		Path folder = FOLDER.resolve(group.namespace());
		try {
			Files.createDirectories(folder);
			for (String objects : OBJECTS) {
				put(folder, objects + ".yaml", kubectl(group, "get", objects, "-o", "yaml"));
			}
			for (JsonNode pod : group.pods().values()) {
				String name = pod.at("/metadata/name").asString();
				put(folder, name + ".log", kubectl(group, "logs", name, "--all-containers"));
				if (PodGroup.restarts(pod) > 0) {
					put(folder, name + ".previous.log", kubectl(group, "logs", name, "--all-containers", "--previous"));
				}
			}
			for (Node node : lab.cluster().nodes()) {
				if (node.inside() != null) {
					put(folder, "node-" + node.name() + ".txt", node.inside().run("sh", "-c", LOOK));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Report.FOLDER.relativize(folder).toString().replace('\\', '/');
	}

	private static Output kubectl(PodGroup group, String... arguments) {
		return group.cluster().kubectl().in(group.namespace()).attempt(arguments);
	}

	private static void put(Path folder, String name, Output output) throws IOException {
		Files.writeString(folder.resolve(name), output.everything());
	}

}

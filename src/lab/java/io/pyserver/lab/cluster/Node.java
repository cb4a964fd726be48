package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import org.jspecify.annotations.Nullable;

/**
 * A node, and the commands that the lab can run in its network.
 *
 * @param inside runs commands in the node's network, or null if that is not possible
 */
public record Node(String name, @Nullable Shell inside) {

	private static final Pattern ADDRESS = Pattern.compile("inet6? ([0-9a-f.:]+)");

	public Shell shell() {
		if (this.inside == null) {
			throw new IllegalStateException("No command can be run on node " + this.name);
		}
		return this.inside;
	}

	public boolean canRunCommands() {
		return this.inside != null;
	}

	/** Whether commands can be run as root. */
	public boolean isRoot() {
		return this.inside != null && this.inside.run("id", "-u").stdout().strip().equals("0");
	}

	/** The addresses of all interfaces of this node. */
	public Set<String> addresses() {
		String interfaces = shell().run("ip", "-o", "addr").orThrow("ip addr on " + this.name).stdout();
		return ADDRESS.matcher(interfaces).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

	/** The page that a process of this node gets over a new connection, or empty. */
	public String page(String url) {
		return shell()
			.run("sh", "-c", Fetch.FUNCTION + "fetch \"$0\" \"$1\"", String.valueOf(Limits.ALL.blocked().toSeconds()),
					url)
			.stdout();
	}

	/** Lets a pod run on the nodes with these names only. */
	public static void pin(PodSpec pod, List<String> nodes) {
		pod.setAffinity(new AffinityBuilder().withNewNodeAffinity()
			.withNewRequiredDuringSchedulingIgnoredDuringExecution()
			.addNewNodeSelectorTerm()
			.addNewMatchExpression()
			.withKey("kubernetes.io/hostname")
			.withOperator("In")
			.withValues(nodes)
			.endMatchExpression()
			.endNodeSelectorTerm()
			.endRequiredDuringSchedulingIgnoredDuringExecution()
			.endNodeAffinity()
			.build());
	}

	@Override
	public String toString() {
		return this.name;
	}

}

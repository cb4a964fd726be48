package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import org.jspecify.annotations.Nullable;

/**
 * A node, seen from the inside: what its own processes can reach.
 *
 * @param inside where its processes run, or null where nobody gets in
 */
public record Node(String name, @Nullable Shell inside) {

	private static final Pattern ADDRESS = Pattern.compile("inet6? ([0-9a-f.:]+)");

	public Shell shell() {
		if (this.inside == null) {
			throw new IllegalStateException("There is no way into node " + this.name);
		}
		return this.inside;
	}

	public boolean hasWayIn() {
		return this.inside != null;
	}

	/** Whether there is a way in, and it leads to root. */
	public boolean isRoot() {
		return this.inside != null && this.inside.run("id", "-u").stdout().strip().equals("0");
	}

	/** Every address that this node holds itself, on any interface. */
	public Set<String> addresses() {
		String interfaces = shell().run("ip", "-o", "addr").orThrow("ip addr on " + this.name).stdout();
		return ADDRESS.matcher(interfaces).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

	/**
	 * The page that its processes get over a new connection, with what there is: curl, or
	 * BusyBox's wget. It is empty where they get none.
	 */
	public String page(String url) {
		return shell()
			.run("sh", "-c", Fetch.FUNCTION + "fetch \"$0\" \"$1\"", String.valueOf(Limits.ALL.blocked().toSeconds()),
					url)
			.stdout();
	}

	/** Drops what this node's own processes send to the address, until closed. */
	public Drop dropTrafficTo(String address) {
		return new Drop(this, address);
	}

	/** Lets a pod run on some nodes alone, by their names. */
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

	/**
	 * A firewall rule in force. It is in the table {@code mangle}, which comes before
	 * {@code filter}: there kube-router moves itself to the front at each event, and lets
	 * the node's own packets through.
	 */
	public record Drop(Node node, String address) implements AutoCloseable {

		public Drop {
			iptables(node, "-I", address).orThrow("iptables on " + node);
		}

		@Override
		public void close() {
			iptables(this.node, "-D", this.address).orThrow("iptables on " + this.node);
		}

		private static Output iptables(Node node, String action, String address) {
			return node.shell()
				.run(address.contains(":") ? "ip6tables" : "iptables", "-w", "10", "-t", "mangle", action, "OUTPUT",
						"-d", address, "-j", "DROP");
		}

	}

}

package io.pyserver.lab.cluster;

import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.k3s.K3sNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.NamedAuthInfoBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.pyserver.ThoroughTest;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.evidence.ProbeCounts.Source;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.report.LabRun.CellResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The lab on an existing cluster as a user with the rights of docs/lab.md, and without
 * each right that the lab can do without.
 */
@ThoroughTest
@ClusterTest(throwAway = true)
@Order(4)
class RightsIT {

	private static final Selection CELL = Selection.of("deny-both/httpGet/readiness/pod-first");

	@TempDir
	private Path folder;

	@ParameterizedTest
	@EnumSource
	void theDocumentedRightsAreEnough(Rights rights, K3sCluster cluster) throws IOException {
		String name = "pyserver-rights-" + rights.name().toLowerCase().replace('_', '-');
		try (Granted user = Granted.to(name, rights, cluster);
				ExistingCluster limited = ExistingCluster.of(settings(cluster),
						Access.of(name,
								List.of(Files.writeString(this.folder.resolve(name), user.kubeconfig()).toFile())),
						System.out::println);
				Lab lab = Lab.on(limited, settings(cluster))) {
			CellResult result = lab.run(CELL.cells()).cells().getFirst();

			assertThat(result.finding().verdict()).as(result.line()).isEqualTo(Verdict.SURVIVES);
			assertThat(result.observation().probes().counts().source()).isEqualTo(rights.counted);
		}
	}

	private static LabSettings settings(Cluster cluster) {
		Map<String, String> settings = Map.of("lab.context", "limited", "lab.image", cluster.image());
		return LabSettings.of(settings::get);
	}

	/** The rights that a user lacks, and the source of the counts of probes then. */
	enum Rights {

		ALL("", Source.KUBELET), NO_EVENTS("events", Source.KUBELET), NO_COUNTS("nodes/proxy", Source.LOG_AND_EVENTS);

		private final String withheld;

		private final Source counted;

		Rights(String withheld, Source counted) {
			this.withheld = withheld;
			this.counted = counted;
		}

		private ClusterRole role(String name) throws IOException {
			ClusterRole role = PermissionsTest.documentedRole();
			role.getMetadata().setName(name);
			role.getRules().removeIf((rule) -> rule.getResources().contains(this.withheld));
			return role;
		}

	}

	/**
	 * A user with some rights until closed: a service account, its namespace and its
	 * role, all with one name.
	 */
	private record Granted(K3sCluster cluster, ClusterRole role, String name) implements AutoCloseable {

		static Granted to(String name, Rights rights, K3sCluster cluster) throws IOException {
			ClusterRole role = cluster.client().resource(rights.role(name)).create();
			K3sNodes k3s = cluster.k3s();
			k3s.kubectl("create", "namespace", name);
			k3s.kubectl("create", "serviceaccount", name, "-n", name);
			k3s.kubectl("create", "clusterrolebinding", name, "--clusterrole=" + name,
					"--serviceaccount=%s:%1$s".formatted(name));
			// The API server learns of the binding a moment later.
			await().ignoreExceptions()
				.until(() -> k3s
					.kubectl("auth", "can-i", "create", "namespaces",
							"--as=system:serviceaccount:%s:%1$s".formatted(name))
					.stdout(), (answer) -> answer.startsWith("yes"));
			return new Granted(cluster, role, name);
		}

		/**
		 * The administrator's kubeconfig with this user in place of the administrator.
		 */
		String kubeconfig() {
			var config = new KubernetesSerialization().unmarshal(this.cluster.k3s().kubeconfig(),
					io.fabric8.kubernetes.api.model.Config.class);
			config.setUsers(List.of(new NamedAuthInfoBuilder().withName(this.name)
				.withNewUser()
				.withToken(this.cluster.k3s().kubectl("create", "token", this.name, "-n", this.name).stdout().strip())
				.endUser()
				.build()));
			var context = Objects.requireNonNull(config.getContexts()).getFirst();
			context.setName(this.name);
			context.getContext().setUser(this.name);
			return Serialization.asYaml(config);
		}

		@Override
		public void close() {
			this.cluster.client().resource(this.role).delete();
			this.cluster.k3s()
				.kubectl("delete", "--wait=false", "clusterrolebinding/" + this.name, "namespace/" + this.name);
		}

	}

}

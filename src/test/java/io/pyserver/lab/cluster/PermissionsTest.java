package io.pyserver.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewStatus;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Which permissions the lab needs, and that the documented roles grant just these. */
@EnableKubernetesMockClient(https = false)
class PermissionsTest {

	/** Permissions of the tests on an existing cluster that the program does not need. */
	private static final List<String> TESTS = List.of("create services", "patch services", "create pods/portforward",
			"get pods/portforward", "create deployments.apps", "get deployments.apps", "list deployments.apps",
			"watch deployments.apps", "patch deployments.apps", "create poddisruptionbudgets.policy",
			"patch poddisruptionbudgets.policy");

	private KubernetesMockServer server;

	private KubernetesClient client;

	/** Inside a cluster another account reads the counts. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					mine   |                                                                      |
					mine   | get nodes/proxy                                                      |
					mine   | list events, watch events                                            |
					inside | get nodes/proxy, watch events                                        |
					mine   | get nodes/proxy, watch events                                        | mine: its user may neither get nodes/proxy nor list events and watch events, so failed probes cannot be counted; grant one of the two
					mine   | list nodes, delete networkpolicies.networking.k8s.io, get pods/log   | mine: its user may not list nodes, get pods/log, delete networkpolicies.networking.k8s.io; docs/lab.md lists what the lab needs
					inside | list nodes                                                           | inside: its user may not list nodes; docs/lab.md lists what the lab needs
					""")
	void theErrorNamesWhatIsMissing(String cluster, @Nullable String denied, @Nullable String error) {
		Access access = new Access(Config.empty(), cluster, "kubectl",
				cluster.equals("inside") ? new Access.OwnPod("lab", "one") : null);
		deny((denied != null) ? List.of(denied.split(", ")) : List.of());

		Throwable thrown = catchThrowable(() -> Permissions.require(this.client, access));

		assertThat((thrown != null) ? thrown.getMessage() : null).isEqualTo(error);
	}

	@Test
	void theRoleOfTheJobGrantsWhatTheProgramNeedsAndNoMore() throws IOException {
		String role = Files.readString(Path.of("k8s/lab/rbac.yaml")).split("(?m)^---$")[2];

		assertThat(granted(Serialization.unmarshal(role, ClusterRole.class)))
			.containsExactlyInAnyOrderElementsOf(program().toList());
	}

	/** A user outside of the cluster reads the counts and may run the tests as well. */
	@Test
	void theRoleOfAUserAlsoGrantsWhatTheTestsNeed() throws IOException {
		assertThat(granted(documentedRole())).containsExactlyInAnyOrderElementsOf(
				Stream.of(program(), Stream.of(Permissions.COUNTS), TESTS.stream()).flatMap((all) -> all).toList());
	}

	/** The role of a user in docs/lab.md. */
	static ClusterRole documentedRole() throws IOException {
		String page = Files.readString(Path.of("docs/lab.md"));
		String role = page.substring(page.indexOf("apiVersion: rbac"));
		return Serialization.unmarshal(role.substring(0, role.indexOf("```")), ClusterRole.class);
	}

	private static Stream<String> program() {
		return Stream.of(Permissions.NEEDED, Permissions.EVENTS, List.of(Permissions.ENGINE)).flatMap(List::stream);
	}

	private static List<String> granted(ClusterRole role) {
		return role.getRules()
			.stream()
			.flatMap((rule) -> rule.getResources()
				.stream()
				.flatMap((resource) -> rule.getVerbs()
					.stream()
					.map((verb) -> permission(verb, resource, rule.getApiGroups().getFirst()))))
			.toList();
	}

	private void deny(List<String> denied) {
		this.server.expect()
			.post()
			.withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
			.andReply(201, (request) -> {
				SelfSubjectAccessReview question = Serialization.unmarshal(request.getUtf8Body(),
						SelfSubjectAccessReview.class);
				ResourceAttributes asked = question.getSpec().getResourceAttributes();
				String resource = asked.getSubresource().isEmpty() ? asked.getResource()
						: asked.getResource() + "/" + asked.getSubresource();
				question.setStatus(new SubjectAccessReviewStatus());
				question.getStatus()
					.setAllowed(!denied.contains(permission(asked.getVerb(), resource, asked.getGroup())));
				return question;
			})
			.always();
	}

	private static String permission(String verb, String resource, String group) {
		return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
	}

}

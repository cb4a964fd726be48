package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** What a user may not do is said before anything is tried. */
@EnableKubernetesMockClient(https = false)
class PermissionsTest {

	private static final Access MINE = new Access(Config.empty(), "mine", "kubectl --context mine", null);

	/** What the lesson and the other tests on an existing cluster need beside it. */
	private static final List<String> TESTS = List.of("create services", "patch services", "create pods/portforward",
			"get pods/portforward", "create deployments.apps", "get deployments.apps", "list deployments.apps",
			"watch deployments.apps", "patch deployments.apps", "create poddisruptionbudgets.policy",
			"patch poddisruptionbudgets.policy");

	private KubernetesMockServer server;

	private KubernetesClient client;

	@Test
	void whatIsMissingIsNamed() {
		deny(Set.of("list nodes ", "delete networkpolicies networking.k8s.io", "get pods/log "));

		assertThatExceptionOfType(LabException.class).isThrownBy(() -> Permissions.require(this.client, MINE))
			.withMessage("mine: its user may not list nodes, get pods/log, "
					+ "delete networkpolicies.networking.k8s.io; docs/lab.md lists what the lab needs");
	}

	@Test
	void nothingIsSaidWhereAllIsGranted() {
		deny(Set.of());

		assertThatNoException().isThrownBy(() -> Permissions.require(this.client, MINE));
	}

	@Test
	void withoutCountsEventsAreEnoughAndTheOtherWayRound() {
		deny(Set.of("get nodes/proxy "));
		assertThatNoException().isThrownBy(() -> Permissions.require(this.client, MINE));
	}

	@Test
	void withoutEventsCountsAreEnough() {
		deny(Set.of("list events ", "watch events "));
		assertThatNoException().isThrownBy(() -> Permissions.require(this.client, MINE));
	}

	@Test
	void withoutEitherNothingCountsFailedProbes() {
		deny(Set.of("get nodes/proxy ", "watch events "));

		assertThatExceptionOfType(LabException.class).isThrownBy(() -> Permissions.require(this.client, MINE))
			.withMessage("mine: its user may neither get nodes/proxy nor list events and watch events, "
					+ "so failed probes cannot be counted; grant one of the two");
	}

	/** Inside a cluster another account reads them. */
	@Test
	void aPodOfTheClusterNeedsNoCounts() {
		deny(Set.of("get nodes/proxy ", "watch events "));
		Access inside = new Access(Config.empty(), "this cluster", "kubectl", new Access.OwnPod("lab", "one"));

		assertThatNoException().isThrownBy(() -> Permissions.require(this.client, inside));
	}

	/** The role of k8s/lab and the lists in the code are one. */
	@Test
	void theJobsRoleGrantsWhatIsAskedForAndNoMore() {
		assertThat(granted(DocumentedRole.ofTheJob())).containsExactlyInAnyOrderElementsOf(program());
	}

	/**
	 * And so is the one in docs/lab.md, for whoever is no pod and runs the tests as well.
	 */
	@Test
	void theDocumentedRoleGrantsWhatTheTestsNeedBesideIt() {
		assertThat(granted(DocumentedRole.read())).containsExactlyInAnyOrderElementsOf(
				Stream.of(program(), List.of(Permissions.COUNTS), TESTS).flatMap(List::stream).toList());
	}

	private static List<String> program() {
		return Stream.of(Permissions.NEEDED, Permissions.EVENTS, List.of(Permissions.ENGINE))
			.flatMap(List::stream)
			.toList();
	}

	private static List<String> granted(ClusterRole role) {
		return role.getRules()
			.stream()
			.flatMap((rule) -> rule.getResources()
				.stream()
				.flatMap((resource) -> rule.getVerbs()
					.stream()
					.map((verb) -> verb + " " + resource
							+ (rule.getApiGroups().getFirst().isEmpty() ? "" : "." + rule.getApiGroups().getFirst()))))
			.toList();
	}

	private void deny(Set<String> denied) {
		this.server.expect()
			.post()
			.withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
			.andReply(201, (request) -> {
				SelfSubjectAccessReview question = Serialization.unmarshal(request.getBody().readUtf8(),
						SelfSubjectAccessReview.class);
				return new SelfSubjectAccessReviewBuilder(question).withNewStatus()
					.withAllowed(!denied.contains(text(question.getSpec().getResourceAttributes())))
					.endStatus()
					.build();
			})
			.always();
	}

	private static String text(ResourceAttributes asked) {
		String resource = asked.getSubresource().isEmpty() ? asked.getResource()
				: asked.getResource() + "/" + asked.getSubresource();
		return asked.getVerb() + " " + resource + " " + asked.getGroup();
	}

}

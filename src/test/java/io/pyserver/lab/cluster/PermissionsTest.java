package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
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

	private KubernetesMockServer server;

	private KubernetesClient client;

	@Test
	void whatIsMissingIsNamed() {
		deny(Set.of("list nodes ", "delete networkpolicies networking.k8s.io", "get pods/log "));

		assertThatExceptionOfType(LabException.class).isThrownBy(() -> Permissions.require(this.client, "mine"))
			.withMessage("lab.context=mine: its user may not list nodes, get pods/log, "
					+ "delete networkpolicies.networking.k8s.io; docs/lab.md lists what the lab needs");
	}

	@Test
	void nothingIsSaidWhereAllIsGranted() {
		deny(Set.of());

		assertThatNoException().isThrownBy(() -> Permissions.require(this.client, "mine"));
	}

	@Test
	void withoutCountsEventsAreEnoughAndTheOtherWayRound() {
		deny(Set.of("get nodes/proxy "));
		assertThatNoException().isThrownBy(() -> Permissions.require(this.client, "mine"));
	}

	@Test
	void withoutEventsCountsAreEnough() {
		deny(Set.of("list events ", "watch events "));
		assertThatNoException().isThrownBy(() -> Permissions.require(this.client, "mine"));
	}

	@Test
	void withoutEitherNothingCountsFailedProbes() {
		deny(Set.of("get nodes/proxy ", "watch events "));

		assertThatExceptionOfType(LabException.class).isThrownBy(() -> Permissions.require(this.client, "mine"))
			.withMessage("lab.context=mine: its user may neither get nodes/proxy nor list events and watch events, "
					+ "so failed probes cannot be counted; grant one of the two");
	}

	/** The role in docs/lab.md and the lists in the code are one. */
	@Test
	void theDocumentedRoleGrantsWhatIsAskedForAndNoMore() {
		List<String> granted = DocumentedRole.read()
			.getRules()
			.stream()
			.flatMap((rule) -> rule.getResources()
				.stream()
				.flatMap((resource) -> rule.getVerbs()
					.stream()
					.map((verb) -> verb + " " + resource
							+ (rule.getApiGroups().getFirst().isEmpty() ? "" : "." + rule.getApiGroups().getFirst()))))
			.toList();

		assertThat(granted).containsExactlyInAnyOrderElementsOf(
				Stream.of(Permissions.NEEDED, List.of(Permissions.COUNTS, Permissions.ENGINE), Permissions.EVENTS)
					.flatMap(List::stream)
					.toList());
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

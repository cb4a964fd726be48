package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The pod that was probed.
 *
 * @param namespace the pod's namespace
 * @param pod the pod's name
 * @param node the node that it runs on
 * @param nodeAddresses every address that its node holds
 * @param image the identity of the image that runs
 * @param expectedImage the identity of the image under test, or null where it is not
 * known
 * @param probed whether the running pod has a probe of the cell's kind and mechanism
 * @param created when the API server took the pod
 * @param policyCreated when it took the last of the policies, or null without any
 */
public record Subject(String namespace, String pod, String node, Set<String> nodeAddresses, String image,
		@Nullable ImageIdentity expectedImage, boolean probed, Instant created, @Nullable Instant policyCreated) {

	public Subject {
		nodeAddresses = Collections.unmodifiableSet(new TreeSet<>(nodeAddresses));
	}

}

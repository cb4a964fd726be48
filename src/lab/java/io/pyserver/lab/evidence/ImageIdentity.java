package io.pyserver.lab.evidence;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which image is under test, whatever a container runtime calls it. A container's
 * {@code imageID} ends in the digest of the image's configuration, or of its manifest,
 * with or without a name in front: Kubernetes leaves that to the runtime, and k3s changed
 * it in December 2025 (k3s#13221).
 *
 * @param configuration the digest of its configuration, such as {@code sha256:2c26…}
 * @param manifests the digests of the manifests that nodes know it by: an import writes
 * one of its own, which only the node can tell
 */
public record ImageIdentity(String configuration, Set<String> manifests) {

	private static final String ALGORITHM = "sha256:";

	public ImageIdentity {
		manifests = Collections.unmodifiableSet(new TreeSet<>(manifests));
	}

	/**
	 * Whether it is this image that runs.
	 * @param imageId as the kubelet reports it
	 */
	public boolean isNamedBy(String imageId) {
		String digest = imageId.substring(Math.max(0, imageId.lastIndexOf(ALGORITHM)));
		return digest.equals(this.configuration) || this.manifests.contains(digest);
	}

	/** All its digests, that of the configuration first. */
	@Override
	public String toString() {
		return Stream.concat(Stream.of(this.configuration), this.manifests.stream())
			.collect(Collectors.joining(" or "));
	}

}

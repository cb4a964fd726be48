package io.pyserver.lab.evidence;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The digests of the image under test. A container's {@code imageID} ends with the digest
 * of the image's configuration or of its manifest. A name may come before the digest. The
 * container runtime decides this, and k3s changed it in December 2025 (k3s#13221).
 *
 * @param configuration the digest of its configuration, such as {@code sha256:2c26…}
 * @param manifests the digests of its manifests on the nodes: an import creates a
 * manifest that only the node knows
 */
public record ImageIdentity(String configuration, Set<String> manifests) {

	private static final String ALGORITHM = "sha256:";

	public ImageIdentity {
		manifests = Collections.unmodifiableSet(new TreeSet<>(manifests));
	}

	/**
	 * Whether an image ID names this image.
	 * @param imageId as the kubelet reports it
	 */
	public boolean isNamedBy(String imageId) {
		String digest = imageId.substring(Math.max(0, imageId.lastIndexOf(ALGORITHM)));
		return digest.equals(this.configuration) || this.manifests.contains(digest);
	}

	/** All its digests, that of the configuration first. */
	@Override
	public String toString() {
		return this.configuration + String.join("", this.manifests.stream().map(" or "::concat).toList());
	}

}

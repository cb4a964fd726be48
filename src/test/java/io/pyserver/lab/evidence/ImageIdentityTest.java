package io.pyserver.lab.evidence;

import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An image is known by what it is, whatever a runtime calls it. */
class ImageIdentityTest {

	private final ImageIdentity image = new ImageIdentity("sha256:c0", Set.of("sha256:a1", "sha256:a2"));

	@ParameterizedTest
	@ValueSource(strings = { "sha256:c0", "sha256:a2", "docker.io/library/pyserver@sha256:a1",
			"gcr.io/project/pyserver:v1@sha256:c0", "docker-pullable://pyserver@sha256:a1", "docker://sha256:c0" })
	void byItsConfigurationOrAManifestWithANameOrWithout(String imageId) {
		assertThat(this.image.isNamedBy(imageId)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "pyserver:1.0", "sha256:c1", "docker.io/library/pyserver@sha256:a3", "sha256:c",
			"sha256:c0@sha256:b0" })
	void anotherOneIsForeign(String imageId) {
		assertThat(this.image.isNamedBy(imageId)).isFalse();
	}

}

package io.pyserver.documents;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every page, as far as it can be checked without running anything. */
class DocumentsTest {

	@Test
	void allThatTheyNameIsThere() {
		assertThat(new Checks(Repository.asItIs()).findings()).isEmpty();
	}

}

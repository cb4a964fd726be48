package io.pyserver.documents;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.pyserver.lab.k3s.K3sSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** Every page, as far as it can be checked without running anything. */
class DocumentsTest {

	private static final Pattern SETTINGS_ROW = Pattern.compile("(?m)^\\| (`lab\\.[^|]+)\\|");

	private static final Pattern SETTING = Pattern.compile("`(lab\\.[a-z0-9-]+)`");

	private final Repository repository = Repository.asItIs();

	@Test
	void everythingThatThePagesNameExists() {
		assertThat(new Checks(this.repository).findings()).isEmpty();
	}

	@Test
	void theLabsPageHasEachSetting() {
		String rows = SETTINGS_ROW.matcher(this.repository.text("docs/lab.md"))
			.results()
			.map((row) -> row.group(1))
			.collect(Collectors.joining());
		assertThat(SETTING.matcher(rows).results().map((name) -> name.group(1)))
			.containsExactlyInAnyOrderElementsOf(K3sSettings.names().toList());
	}

}

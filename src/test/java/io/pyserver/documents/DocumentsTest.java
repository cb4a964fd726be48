package io.pyserver.documents;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every page, as far as it can be checked without running anything. */
class DocumentsTest {

	private static final Pattern QUOTED_SETTING = Pattern.compile("\"(lab\\.[a-z0-9-]+)\"");

	private static final Pattern SETTINGS_ROW = Pattern.compile("(?m)^\\| (`lab\\.[^|]+)\\|");

	private static final Pattern SETTING = Pattern.compile("`(lab\\.[a-z0-9-]+)`");

	private final Repository repository = Repository.asItIs();

	@Test
	void allThatTheyNameIsThere() {
		assertThat(new Checks(this.repository).findings()).isEmpty();
	}

	@Test
	void theLabsPageHasEachOfItsSettings() {
		String source = this.repository.files("src", "/LabSettings.java")
			.stream()
			.map(this.repository::text)
			.collect(Collectors.joining());
		Set<String> settings = names(QUOTED_SETTING, source);
		assertThat(settings).isNotEmpty();
		String rows = SETTINGS_ROW.matcher(this.repository.text("docs/lab.md"))
			.results()
			.map((row) -> row.group(1))
			.collect(Collectors.joining());
		assertThat(names(SETTING, rows)).isEqualTo(settings);
	}

	private static Set<String> names(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((name) -> name.group(1)).collect(Collectors.toSet());
	}

}

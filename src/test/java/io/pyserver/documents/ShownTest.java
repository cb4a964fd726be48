package io.pyserver.documents;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What may differ between what a page shows and what was printed, and what may not. */
class ShownTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			from: pyserver-7c9d5b6f4-x2x7k     | from: pyserver-84d4c8cf5f-aaaaa
			READY   RESTARTS                   | READY RESTARTS
			10.42.0.7 in 3m12s                 | 10.0.130.2 in 14s
			[23/Nov/2026 08:34:28] GET         | [26/Nov/2026 05:00:01] GET
			{"time":"2026-11-23T08:34:28.336Z" | {"time":"2026-11-26T04:59:00Z"
			{"status":200,…}                   | {"status":200,"latency":"0.002s"}
			""")
	void equivalentOutputIsNoDifference(String shown, String printed) {
		assertThat(difference(shown, printed)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			true 0                     | true 1
			caller: node               | caller: pod
			{"status":200,…}           | {"status":503,"latency":"0.002s"}
			from: pyserver-7c9-x2x7k   | from: another
			""")
	void anotherValueIsADifference(String shown, String printed) {
		assertThat(difference(shown, printed))
			.isEqualTo("page.md:7: \"%s\" is shown, and \"%s\" was printed".formatted(shown, printed));
	}

	@Test
	void anEllipsisMatchesAnyLines() {
		assertThat(difference("…\ndone", "one\ntwo\ndone")).isNull();
		assertThat(difference("one\n…", "one\ntwo")).isNull();
		assertThat(difference("…\ndone", "one\ntwo"))
			.isEqualTo("page.md:8: \"done\" is shown, and no such line was printed");
	}

	@Test
	void additionalOutputIsADifference() {
		assertThat(difference("one", "one\ntwo")).isEqualTo("page.md:7: \"two\" was printed as well, and is not shown");
		assertThat(difference("one", "")).isEqualTo("page.md:7: \"one\" is shown, and nothing was printed");
	}

	private static String difference(String shown, String printed) {
		return new Shown(new Block("page.md", 7, "text", List.of(shown.split("\n")))).difference(printed);
	}

}

package io.pyserver.lab.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing that steers, breaks or reorders is passed on, and nothing else is touched.
 */
class VisibleTextTest {

	@Test
	void aTerminalGetsVisibleAsciiAlone() {
		assertThat(VisibleText.ascii("a\u001b[31mb\r\nc \u00fc \ud83d\ude00"))
			.isEqualTo("a\\u001b[31mb\\u000d\\u000ac \\u00fc \\u1f600");
	}

	@Test
	void aDocumentGetsEveryLanguage() {
		assertThat(VisibleText.unicode("gr\u00fcn \u4e2d\u6587 \ud83d\ude00\n\tx"))
			.isEqualTo("gr\u00fcn \u4e2d\u6587 \ud83d\ude00\n\tx");
	}

	@ParameterizedTest
	@ValueSource(
			ints = { 0x0, 0x8, 0xd, 0x1b, 0x7f, 0x85, 0x200b, 0x202e, 0x2028, 0x2066, 0xd800, 0xdfff, 0xfffe, 0xffff })
	void aDocumentGetsNothingThatBreaksIt(int c) {
		assertThat(VisibleText.unicode("a" + (char) c + "b")).isEqualTo("a\\u%04xb".formatted(c));
	}

}

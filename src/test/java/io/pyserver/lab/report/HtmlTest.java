package io.pyserver.lab.report;

import java.util.Collections;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No text becomes markup, wherever it is put.
 */
class HtmlTest {

	@Test
	void textsAndAttributesAreEscaped() {
		assertThat(new Html().put("b", "</b>&", "title", "\"><i>").toString())
			.isEqualTo("<!DOCTYPE html>\n<b title=\"&quot;&gt;&lt;i&gt;\">&lt;/b&gt;&amp;</b>");
	}

	@Test
	void aLongListIsCut() {
		assertThat(new Html().list(Collections.nCopies(40, "x")).toString()).contains("and 10 more")
			.containsPattern("(<li>x</li>\\s*){30}<li>\u2026");
	}

}

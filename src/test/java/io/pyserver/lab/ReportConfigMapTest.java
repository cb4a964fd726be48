package io.pyserver.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The report as it can be fetched from the cluster, as much of it as fits. */
class ReportConfigMapTest {

	@TempDir
	private Path report;

	@BeforeEach
	void writeReport() throws IOException {
		Files.writeString(this.report.resolve("report.json"), "{}");
		Files.writeString(this.report.resolve("report.html"), "<p>");
		Files.writeString(this.report.resolve("table.txt"), "ok");
	}

	@Test
	void eachFileIsThereCompressed() throws IOException {
		assertThat(written()).containsOnlyKeys("report.json.gz", "report.html.gz", "table.txt.gz");

		try (GZIPInputStream page = new GZIPInputStream(
				new ByteArrayInputStream(Base64.getDecoder().decode(written().get("report.html.gz"))))) {
			assertThat(page).hasContent("<p>");
		}
	}

	@Test
	void whatDoesNotFitIsLeftOut() throws IOException {
		byte[] much = new byte[1_000_000];
		new Random(1).nextBytes(much);
		Files.write(this.report.resolve("report.html"), much);

		assertThat(written()).containsOnlyKeys("report.json.gz", "table.txt.gz");
	}

	private Map<String, String> written() {
		return ReportConfigMap.of("lab", this.report).getBinaryData();
	}

}

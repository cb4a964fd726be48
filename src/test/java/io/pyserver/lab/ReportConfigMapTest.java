package io.pyserver.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The files of the report in the ConfigMap, as many of them as fit. */
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
	void theConfigMapHasEachFileCompressed() throws IOException {
		assertThat(files()).containsOnlyKeys("report.json.gz", "report.html.gz", "table.txt.gz");

		byte[] page = Base64.getDecoder().decode(files().get("report.html.gz"));
		assertThat(new GZIPInputStream(new ByteArrayInputStream(page))).hasContent("<p>");
	}

	/** The page links to the details by these paths. */
	@Test
	void theConfigMapHasTheDetailsInOneArchive() throws IOException {
		Path details = Files.createDirectories(this.report.resolve("details/pyserver-lab-1"));
		Files.writeString(details.resolve("pods.yaml"), "pods");

		byte[] archive = Base64.getDecoder().decode(files().get("details.zip"));
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
			assertThat(zip.getNextEntry().getName()).isEqualTo("details/pyserver-lab-1/pods.yaml");
			assertThat(zip).hasContent("pods");
		}
	}

	@Test
	void theConfigMapLeavesOutAFileThatDoesNotFit() throws IOException {
		byte[] large = new byte[1_000_000];
		new Random(1).nextBytes(large);
		Files.write(this.report.resolve("report.html"), large);

		assertThat(files()).containsOnlyKeys("report.json.gz", "table.txt.gz");
	}

	private Map<String, String> files() {
		return ReportConfigMap.of("lab", this.report).getBinaryData();
	}

}

package io.pyserver.lab.report;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A CI server reads the run like any other tests.
 */
class JunitXmlTest {

	@TempDir
	private Path folder;

	@Test
	void everyCellIsATestCase() throws IOException {
		Xml xml = write(SampleRun.mixed());

		assertThat(xml.texts("/testsuite/@tests")).containsExactly("120");
		assertThat(xml.texts("/testsuite/@failures")).containsExactly("5");
		assertThat(xml.texts("/testsuite/@time")).containsExactly("190.000");
		assertThat(xml.count("/testsuite/testcase")).isEqualTo(120);
		assertThat(xml.count("/testsuite/testcase/failure")).isEqualTo(5);
		assertThat(xml.texts("//testcase[@classname='deny-both/pod-first'][@name='httpGet/liveness']/@time"))
			.containsExactly("39.250");
	}

	@Test
	void aCellOfSeveralNodesIsATestCaseOnEach() throws IOException {
		Xml xml = write(SampleRun.of(SampleCell.on("a", SampleCell.broken(SampleCell.LIVENESS)),
				SampleCell.on("b", SampleCell.survives(SampleCell.LIVENESS)),
				SampleCell.on("b", SampleCell.survives(SampleCell.READINESS))));

		assertThat(xml.texts("//testcase/@name")).containsExactly("httpGet/liveness@a", "httpGet/liveness@b",
				"grpc/readiness");
		assertThat(xml.texts("//testcase[failure]/@name")).containsExactly("httpGet/liveness@a");
	}

	@Test
	void whatDoesNotSurviveIsAFailureWithItsReasons() throws IOException {
		Xml xml = write(SampleRun.of(SampleCell.inconclusive(SampleCell.READINESS)));

		assertThat(xml.texts("//testcase/@time")).containsExactly("0.000");
		assertThat(xml.texts("//failure/@type")).containsExactly("inconclusive");
		assertThat(xml.texts("//failure/@message")).containsExactly("the pod was never there");
		assertThat(xml.texts("//failure")).containsExactly("the pod was never there\nno probe was seen");
	}

	@Test
	void theClusterIsAmongTheProperties() throws IOException {
		Xml xml = write(SampleRun.of());

		assertThat(xml.texts("//property[@name='cluster']/@value")).containsExactly("k3d-foo");
		assertThat(xml.texts("//property[@name='engine']/@value")).containsExactly("Cilium");
		assertThat(xml.texts("//property[@name='image']/@value")).containsExactly("pyserver:1.0");
	}

	@Test
	void noTextBreaksIt() throws IOException {
		Xml xml = write(SampleRun.of(SampleCell.hostile(SampleCell.LIVENESS, SampleRun.HOSTILE)));

		assertThat(xml.texts("//failure")).containsExactly(VisibleText.unicode(SampleRun.HOSTILE));
	}

	private Xml write(LabRun run) throws IOException {
		Path file = this.folder.resolve("junit.xml");
		JunitXml.write(run, file);
		return Xml.read(file);
	}

}

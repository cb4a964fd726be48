package io.pyserver.lab;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasses;

/** What is printed at the end of a run. */
class EndOfRunTest {

	@Test
	void theTableOfARunIsPrinted() {
		assertThat(printed(WithTable.class)).isEqualToNormalizingNewlines("\nSURVIVES\n");
	}

	@Test
	void aRunWithoutTheMatrixPrintsNothing() {
		assertThat(printed(WithoutTable.class)).isEmpty();
	}

	@Test
	void skippedTestsAreNamedWithTheirReasonAfterTheTable() {
		assertThat(printed(WithTable.class, Skipped.class)).isEqualToNormalizingNewlines("""

				SURVIVES
				SKIPPED, so these prove nothing about this machine:
				  Skipped: needsCluster -- no cluster
				""");
	}

	private static String printed(Class<?>... tests) {
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(selectClasses(tests))
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
			.build();
		LauncherConfig alone = LauncherConfig.builder()
			.enableLauncherSessionListenerAutoRegistration(false)
			.enableTestExecutionListenerAutoRegistration(false)
			.build();
		LauncherFactory.create(alone).execute(request, new EndOfRun(new PrintStream(printed)));
		return printed.toString();
	}

	static class WithTable {

		@Test
		void publishes(TestReporter reporter) {
			reporter.publishEntry(EndOfRun.TABLE, "SURVIVES");
		}

	}

	static class WithoutTable {

		@Test
		void publishes(TestReporter reporter) {
			reporter.publishEntry("something else", "12");
		}

	}

	@Disabled("no cluster")
	static class Skipped {

		@Test
		void needsCluster() {
		}

	}

}

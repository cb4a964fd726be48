package io.pyserver.lab;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

class TableAtTheEndTest {

	@Test
	void theTableOfARunIsPrinted() {
		assertThat(printed(WithTable.class)).isEqualToNormalizingNewlines("\nSURVIVES\n");
	}

	@Test
	void aRunWithoutTheMatrixPrintsNothing() {
		assertThat(printed(WithoutTable.class)).isEmpty();
	}

	private static String printed(Class<?> tests) {
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(selectClass(tests))
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
			.build();
		LauncherConfig alone = LauncherConfig.builder()
			.enableLauncherSessionListenerAutoRegistration(false)
			.enableTestExecutionListenerAutoRegistration(false)
			.build();
		LauncherFactory.create(alone).execute(request, new TableAtTheEnd(new PrintStream(printed)));
		return printed.toString();
	}

	static class WithTable {

		@Test
		void publishes(TestReporter reporter) {
			reporter.publishEntry(TableAtTheEnd.KEY, "SURVIVES");
		}

	}

	static class WithoutTable {

		@Test
		void publishes(TestReporter reporter) {
			reporter.publishEntry("something else", "12");
		}

	}

}

package io.pyserver.support;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How Awaitility waits in all tests: long enough for a busy machine, and for its
 * condition alone. As it comes, what any thread of the JVM throws ends every wait, that
 * of a test which runs beside as well.
 */
public final class Patience implements LauncherSessionListener {

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
		Awaitility.doNotCatchUncaughtExceptionsByDefault();
	}

}

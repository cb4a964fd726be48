package io.pyserver.support;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Sets Awaitility's timeout for all tests, long enough for a busy machine. By default, an
 * uncaught exception in any thread ends every wait, even that of a concurrent test. This
 * class turns that off.
 */
public final class AwaitilityDefaults implements LauncherSessionListener {

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
		Awaitility.doNotCatchUncaughtExceptionsByDefault();
	}

}

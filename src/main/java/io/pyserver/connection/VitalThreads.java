package io.pyserver.connection;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.regex.Pattern;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when an acceptor or a poller of Tomcat dies. Without that thread a
 * port accepts connections and answers none. The kubelet then restarts the container.
 */
public final class VitalThreads implements UncaughtExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(VitalThreads.class);

	private static final Pattern VITAL = Pattern.compile(".+-(Acceptor|Poller)");

	private static final int EXIT_CODE = 4;

	@Override
	public void uncaughtException(Thread thread, Throwable failure) {
		logger.error("The thread {} has died", thread.getName(), failure);
		if (VITAL.matcher(thread.getName()).matches()) {
			((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
			Runtime.getRuntime().halt(EXIT_CODE);
		}
	}

}

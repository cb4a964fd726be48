package io.pyserver.connection;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.regex.Pattern;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when one of Tomcat's threads has died without which a port takes
 * connections and answers none: the kubelet starts a process that has ended anew.
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

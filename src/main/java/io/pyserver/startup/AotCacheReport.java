package io.pyserver.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * Says at every start in the image whether its AOT cache is in use. A cache that does not
 * fit stops nothing, but the start is then too slow for a small pod.
 */
@Component
class AotCacheReport implements ApplicationListener<ApplicationStartedEvent> {

	/** The cache's path, set beside the JVM's own option; nothing is said without it. */
	private static final String EXPECTED = "pyserver.aot-cache";

	private static final Logger logger = LoggerFactory.getLogger(AotCacheReport.class);

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		String cache = event.getApplicationContext().getEnvironment().getProperty(EXPECTED);
		if (cache == null) {
			return;
		}
		if (inUse()) {
			logger.info("The AOT cache {} is in use", cache);
		}
		else {
			logger.warn("The AOT cache {} is not in use, this start was slow: it fits only the runtime, JVM options"
					+ " and jars that it was built with. Build the image again", cache);
		}
	}

	/**
	 * The JVM says {@code sharing} while an archive is mapped, and the image's runtime
	 * has no other archive than the cache.
	 */
	private static boolean inUse() {
		return System.getProperty("java.vm.info", "").contains("sharing");
	}

}

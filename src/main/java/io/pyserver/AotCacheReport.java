package io.pyserver;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * Logs at each start in the image whether the JVM uses the AOT cache. Without the cache
 * the service still runs, but it starts too slowly for a small pod.
 */
@Component
record AotCacheReport(PyserverProperties properties) implements ApplicationListener<ApplicationStartedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(AotCacheReport.class);

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		String cache = this.properties.aotCache();
		// The JVM reports "sharing" while an archive is mapped.
		// The cache is the only archive in the image.
		boolean inUse = System.getProperty("java.vm.info", "").contains("sharing");
		if (cache != null && inUse) {
			logger.info("The AOT cache {} is in use", cache);
		}
		else if (cache != null) {
			logger.warn("The AOT cache {} is not in use, this start was slow: it fits only the runtime, JVM options"
					+ " and jars that it was built with. Build the image again", cache);
		}
	}

}

package io.pyserver;

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
record AotCacheReport(PyserverProperties properties) implements ApplicationListener<ApplicationStartedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(AotCacheReport.class);

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		String cache = this.properties.aotCache();
		// The JVM says so while an archive is mapped, and the image's runtime has no
		// other than the cache.
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

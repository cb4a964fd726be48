package io.pyserver;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

import io.pyserver.connection.VitalThreads;

/**
 * The sample workload of the lesson: two plain answers, and a line for everyone who asks.
 * <p>
 * Of Spring Boot's auto-configurations the start takes the web server's and the
 * dispatcher's alone, by name; Actuator's are there from the first operator's request on.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class })
@EnableConfigurationProperties(PyserverProperties.class)
@ComponentScan
public class PyserverApplication {

	private static final Pattern SIGNAL = Pattern.compile("SIG[A-Z]+ handler");

	/**
	 * Starts the service; it serves until the process is told to stop.
	 * @param arguments Spring Boot properties such as {@code --server.port=80}
	 */
	public static void main(String[] arguments) {
		Thread.setDefaultUncaughtExceptionHandler(new VitalThreads());
		// Told to stop, Java ends with 143, which Kubernetes calls an error.
		// Added first, it runs last, when all is closed and logged.
		AtomicBoolean started = new AtomicBoolean();
		SpringApplication.getShutdownHandlers().add(() -> {
			if (started.get() && isToldToStop()) {
				Runtime.getRuntime().halt(0);
			}
		});
		SpringApplication.run(PyserverApplication.class, arguments);
		started.set(true);
	}

	/** By a signal, which Java handles in a thread of this name; not by System.exit. */
	private static boolean isToldToStop() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> SIGNAL.matcher(thread.getName()).matches());
	}

}

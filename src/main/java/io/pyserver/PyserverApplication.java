package io.pyserver;

import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import io.pyserver.connection.VitalThreads;

/**
 * The sample workload of the lesson: two plain answers, and a line for everyone who asks.
 * Which of Spring Boot's auto-configurations are left out, and why, is in
 * {@code application.properties}.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(PyserverProperties.class)
public class PyserverApplication {

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
			.anyMatch((thread) -> thread.getName().matches("SIG[A-Z]+ handler"));
	}

}

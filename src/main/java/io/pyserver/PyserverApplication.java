package io.pyserver;

import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import io.pyserver.connection.VitalThreads;

/**
 * The sample workload of the lesson: it answers two pages and logs each request. {@code
 * application.properties} lists the auto-configurations of Spring Boot that are left out.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(PyserverProperties.class)
public class PyserverApplication {

	/**
	 * Starts the service, which runs until the process receives a signal.
	 * @param arguments Spring Boot properties such as {@code --server.port=80}
	 */
	public static void main(String[] arguments) {
		Thread.setDefaultUncaughtExceptionHandler(new VitalThreads());
		// After a signal Java exits with 143, which Kubernetes reports as an error.
		// The handler that is added first runs last, after everything is closed.
		AtomicBoolean started = new AtomicBoolean();
		SpringApplication.getShutdownHandlers().add(() -> {
			if (started.get() && isStoppedBySignal()) {
				Runtime.getRuntime().halt(0);
			}
		});
		SpringApplication.run(PyserverApplication.class, arguments);
		started.set(true);
	}

	/**
	 * Java handles signals in threads of this name. System.exit starts no such thread.
	 */
	private static boolean isStoppedBySignal() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().matches("SIG[A-Z]+ handler"));
	}

}

package io.pyserver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.ComponentScan;

import io.pyserver.accesslog.StandardOutput;

/**
 * The sample workload of the lesson: two plain answers, and a line for everyone who asks.
 * <p>
 * No auto-configuration at the start: each package configures the little that it needs,
 * and Actuator's is there from the first operator's request on.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ComponentScan
public class PyserverApplication {

	/**
	 * Starts the service; it serves until the process is told to stop.
	 * @param arguments Spring Boot properties such as {@code --server.port=80}
	 */
	public static void main(String[] arguments) {
		StandardOutput.share();
		SpringApplication.run(PyserverApplication.class, arguments);
	}

}

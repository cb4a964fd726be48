package io.pyserver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The sample workload of the lesson: two plain answers, and a line for everyone who asks.
 */
@SpringBootApplication
public class PyserverApplication {

	/**
	 * Starts the service; it serves until the process is told to stop.
	 * @param arguments Spring Boot properties such as {@code --server.port=80}
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(PyserverApplication.class, arguments);
	}

}

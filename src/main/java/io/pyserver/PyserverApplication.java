package io.pyserver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

import io.pyserver.accesslog.StandardOutput;

/**
 * The sample workload of the lesson: two plain answers, and a line for everyone who asks.
 * <p>
 * Takes from Spring Boot's auto-configuration what it uses, by name: all of it would
 * double what a start costs.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ComponentScan
@ImportAutoConfiguration({ ConfigurationPropertiesAutoConfiguration.class, LifecycleAutoConfiguration.class,
		TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class })
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

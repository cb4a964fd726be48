package io.pyserver.tcp;

import java.io.IOException;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ConfigurableApplicationContext;

import io.pyserver.PyserverApplication;
import io.pyserver.accesslog.CapturedAccessLog;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.support.FreePort;
import io.pyserver.support.OneStartAtATime;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The ports are open as long as the service runs, and no longer.
 */
@ExtendWith(OneStartAtATime.class)
@Execution(ExecutionMode.SAME_THREAD)
class TcpProbesLifecycleTest {

	@Test
	void thePortsAreClosedWhenTheServiceStops() throws IOException {
		int port = FreePort.find();
		ConfigurableApplicationContext service = start("liveness=" + port);
		try {
			Knock.on(port);
		}
		finally {
			service.close();
		}

		FreePort.awaitClosed(port);
	}

	@Test
	void aSwitchAfterTheStopOpensNoPort() throws IOException {
		int port = FreePort.find();
		ConfigurableApplicationContext service = start("liveness=" + port);
		ProbeSwitch probeSwitch = service.getBean(ProbeSwitch.class);
		service.close();
		probeSwitch.change(ProbeKind.LIVENESS, false, null);

		FreePort.awaitClosed(port);
	}

	@Test
	void aPortInUseIsNamedAndNoOtherPortStaysOpen() throws IOException {
		int port = FreePort.find();
		try (ServerSocket other = new ServerSocket(0)) {
			String used = "readiness=" + other.getLocalPort();

			assertThatExceptionOfType(Exception.class).isThrownBy(() -> start("liveness=" + port + "," + used))
				.havingRootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.withMessageContaining("pyserver.tcp-probes")
				.withMessageContaining("The port of " + used + " cannot be opened: Address already in use");
			FreePort.awaitClosed(port);
		}
	}

	private static ConfigurableApplicationContext start(String ports) {
		return new SpringApplication(PyserverApplication.class, CapturedAccessLog.class).run("--server.port=0",
				"--management.server.port=0", "--pyserver.tcp-probes=" + ports);
	}

}

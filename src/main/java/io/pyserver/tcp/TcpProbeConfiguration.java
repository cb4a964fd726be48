package io.pyserver.tcp;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.pyserver.accesslog.CallLog;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.ProbeSwitch;

/**
 * Listens for tcpSocket probes where the property {@value TcpPorts#PROPERTY} says so.
 */
@Configuration(proxyBeanMethods = false)
class TcpProbeConfiguration {

	@Bean
	TcpProbes tcpProbes(Environment environment, ProbeSwitch probeSwitch, CallerResolver callers, CallLog log) {
		return new TcpProbes(TcpPorts.of(environment), probeSwitch, callers, log);
	}

}

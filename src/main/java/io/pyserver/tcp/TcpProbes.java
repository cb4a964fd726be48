package io.pyserver.tcp;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.pyserver.PyserverProperties;
import io.pyserver.probe.Call;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.ProbeSwitch;

/**
 * Keeps the ports of tcpSocket probes open while the service runs, but for those whose
 * kind is switched to fail: there a connection is refused. A delay changes nothing, as it
 * is the kernel that takes a connection.
 * <p>
 * As every lifecycle without a phase of its own it starts after the web server, and stops
 * before it.
 */
@Component
final class TcpProbes implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<?>> {

	private static final Logger logger = LoggerFactory.getLogger(TcpProbes.class);

	private final ProbeSwitch probeSwitch;

	private final List<TcpProbe> probes;

	private boolean running;

	TcpProbes(PyserverProperties properties, ProbeSwitch probeSwitch, CallerResolver callers, Consumer<Call> log) {
		this.probeSwitch = probeSwitch;
		this.probes = properties.tcpProbes()
			.byKind()
			.entrySet()
			.stream()
			.map((entry) -> new TcpProbe(entry.getKey(), entry.getValue(), callers, log))
			.toList();
	}

	@Override
	public boolean isAutoStartup() {
		return !this.probes.isEmpty();
	}

	@Override
	public synchronized void start() {
		this.running = true;
		this.probes.forEach(this::follow);
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		this.probes.forEach(TcpProbe::close);
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	/** The switch was turned; it is asked how. */
	@Override
	public synchronized void onApplicationEvent(AvailabilityChangeEvent<?> event) {
		for (TcpProbe probe : this.probes) {
			try {
				follow(probe);
			}
			catch (InvalidConfigurationPropertyValueException ex) {
				logger.error(ex.getReason());
			}
		}
	}

	private void follow(TcpProbe probe) {
		if (!this.running || this.probeSwitch.setting(probe.kind()).broken()) {
			probe.close();
			return;
		}
		try {
			probe.open();
		}
		catch (IOException ex) {
			throw new InvalidConfigurationPropertyValueException(TcpPorts.PROPERTY, probe,
					"The port of " + probe + " cannot be opened: " + ex.getMessage() + ".");
		}
	}

}

package io.pyserver.tcp;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
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
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;

/**
 * Opens the ports of tcpSocket probes while the service runs. The port of a kind that is
 * switched to fail is closed. A delay has no effect, because the kernel accepts the
 * connections.
 * <p>
 * It has the default lifecycle phase: it starts after the web server and stops before it.
 */
@Component
final class TcpProbes implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<?>> {

	private static final Logger logger = LoggerFactory.getLogger(TcpProbes.class);

	private final Map<ProbeKind, Integer> ports;

	private final ProbeSwitch probeSwitch;

	private final CallerResolver callers;

	private final Consumer<Call> log;

	private final Map<ProbeKind, TcpProbe> open = new EnumMap<>(ProbeKind.class);

	private boolean running;

	TcpProbes(PyserverProperties properties, ProbeSwitch probeSwitch, CallerResolver callers, Consumer<Call> log) {
		this.ports = properties.tcpProbes().byKind();
		this.probeSwitch = probeSwitch;
		this.callers = callers;
		this.log = log;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		this.ports.forEach(this::openOrClose);
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		this.ports.forEach(this::openOrClose);
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	/** Applies the current settings of the switch. */
	@Override
	public synchronized void onApplicationEvent(AvailabilityChangeEvent<?> event) {
		this.ports.forEach((kind, port) -> {
			try {
				openOrClose(kind, port);
			}
			catch (InvalidConfigurationPropertyValueException ex) {
				logger.error(ex.getReason());
			}
		});
	}

	private void openOrClose(ProbeKind kind, int port) {
		boolean wanted = this.running && !this.probeSwitch.setting(kind).broken();
		TcpProbe probe = this.open.get(kind);
		if (probe != null && !wanted) {
			this.open.remove(kind);
			probe.close();
		}
		else if (probe == null && wanted) {
			try {
				this.open.put(kind, new TcpProbe(kind, port, this.callers, this.log));
			}
			catch (IOException ex) {
				String entry = kind.label() + "=" + port;
				throw new InvalidConfigurationPropertyValueException(TcpPorts.PROPERTY, entry,
						"The port of " + entry + " cannot be opened: " + ex.getMessage() + ".");
			}
		}
	}

}

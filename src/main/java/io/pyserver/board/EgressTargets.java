package io.pyserver.board;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

import io.pyserver.PyserverProperties;

/**
 * The targets that the board tries to connect to: the API server, by the address in each
 * pod's environment, and the targets of a property.
 */
@Component
final class EgressTargets {

	/** Each target takes a lane and an attempt each second. */
	private static final int MAX_TARGETS = 8;

	private final List<EgressTarget> all = new ArrayList<>();

	EgressTargets(PyserverProperties properties, Environment environment) {
		String host = environment.getProperty("KUBERNETES_SERVICE_HOST");
		String port = environment.getProperty("KUBERNETES_SERVICE_PORT");
		if (host != null && port != null) {
			try {
				this.all.add(EgressTarget.of(host, port, true));
			}
			catch (IllegalArgumentException ex) {
				// Some clusters set a host name, which would need DNS.
			}
		}
		List<EgressTarget> named = properties.board().targets();
		if (named.size() > MAX_TARGETS) {
			throw new InvalidConfigurationPropertyValueException("pyserver.board.targets", named.size() + " targets",
					"There can be no more than " + MAX_TARGETS + ".");
		}
		named.stream().distinct().forEach(this.all::add);
	}

	List<EgressTarget> all() {
		return List.copyOf(this.all);
	}

}

package io.pyserver.board;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

import io.pyserver.PyserverProperties;

/**
 * Where a pod tries to get out to while a board is open: the API server, by the address
 * that every pod is given, and what a property names. By address alone, as a name would
 * have to be asked for, and DNS is what a policy takes away first.
 */
@Component
final class EgressTargets {

	private static final String PROPERTY = "pyserver.board.targets";

	/** Each is a lane, and an attempt every second. */
	private static final int MOST = 8;

	private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[0-9.]+):([1-9]\\d{0,4})");

	private final Set<EgressTarget> all = new LinkedHashSet<>();

	EgressTargets(PyserverProperties properties, Environment environment) {
		String host = environment.getProperty("KUBERNETES_SERVICE_HOST");
		EgressTarget apiServer = target((host != null && host.contains(":")) ? "[" + host + "]" : host,
				environment.getProperty("KUBERNETES_SERVICE_PORT"), true);
		if (apiServer != null) {
			this.all.add(apiServer);
		}
		String value = properties.board().targets();
		if (!value.isBlank()) {
			List<String> entries = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
			entries.forEach((entry) -> add(entry, value));
			if (entries.size() > MOST) {
				throw wrong(value, "there are more than " + MOST);
			}
		}
	}

	List<EgressTarget> all() {
		return List.copyOf(this.all);
	}

	private void add(String entry, String value) {
		Matcher form = FORM.matcher(entry);
		EgressTarget target = form.matches() ? target(form.group(1), form.group(2), false) : null;
		if (target == null) {
			throw wrong(value, "'" + entry + "' is none");
		}
		this.all.add(target);
	}

	private static @Nullable EgressTarget target(@Nullable String host, @Nullable String port, boolean apiServer) {
		if (host == null || port == null) {
			return null;
		}
		try {
			InetAddress address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
			return new EgressTarget(new InetSocketAddress(address, Integer.parseInt(port)), apiServer);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static InvalidConfigurationPropertyValueException wrong(String value, String why) {
		return new InvalidConfigurationPropertyValueException(PROPERTY, value,
				"The board's targets have to be like 10.43.0.10:53,[fd00::1]:443, an address and a port each: " + why
						+ ".");
	}

}

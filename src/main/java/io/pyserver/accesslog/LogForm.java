package io.pyserver.accesslog;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

import io.pyserver.probe.Call;

/**
 * The forms of the log, as the property {@value #PROPERTY} names them.
 */
enum LogForm {

	/** For a person at a terminal. */
	WERKZEUG,

	/** For Google Cloud Logging. */
	JSON;

	static final String PROPERTY = "pyserver.log.format";

	static LogForm of(Environment environment) {
		String name = environment.getProperty(PROPERTY, "werkzeug");
		return Arrays.stream(values())
			.filter((form) -> form.name().toLowerCase(Locale.ROOT).equals(name))
			.findAny()
			.orElseThrow(() -> new InvalidConfigurationPropertyValueException(PROPERTY, name,
					"It is neither werkzeug nor json."));
	}

	Function<Call, String> lines(String project) {
		return switch (this) {
			case WERKZEUG -> new WerkzeugLine();
			case JSON -> new CloudLoggingLine(project);
		};
	}

}

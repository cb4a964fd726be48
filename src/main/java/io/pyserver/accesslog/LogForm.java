package io.pyserver.accesslog;

import java.util.Arrays;
import java.util.Locale;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

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

	CallLine line(String project) {
		return switch (this) {
			case WERKZEUG -> WerkzeugLine.plain();
			case JSON -> new CloudLoggingLine(project);
		};
	}

}

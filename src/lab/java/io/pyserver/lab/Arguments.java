package io.pyserver.lab;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.Setting;

/**
 * What stands on the command line: options with their values.
 *
 * @param values by the system property that says the same
 */
record Arguments(Map<String, String> values) {

	private static final String DASHES = "--";

	/**
	 * Reads them, as {@code --watch 20} or {@code --watch=20}.
	 * @throws LabException naming what is no option, or has no value
	 */
	static Arguments of(List<String> arguments) {
		Map<String, String> values = new HashMap<>();
		Iterator<String> rest = arguments.iterator();
		while (rest.hasNext()) {
			String[] words = rest.next().split("=", 2);
			Setting setting = setting(words[0]);
			if (words.length < 2 && !rest.hasNext()) {
				throw new LabException("%s has no value; --help shows what it takes".formatted(words[0]));
			}
			if (values.put(setting.property(), (words.length > 1) ? words[1] : rest.next()) != null) {
				throw new LabException("%s is there twice; once is enough".formatted(words[0]));
			}
		}
		return new Arguments(values);
	}

	private static Setting setting(String option) {
		if (!option.startsWith(DASHES)) {
			throw new LabException("'%s' is no option; options begin with %s".formatted(option, DASHES));
		}
		return Setting.named(option.substring(DASHES.length()))
			.orElseThrow(() -> new LabException("there is no option %s; take one of --help, %s".formatted(option,
					Stream.of(Setting.values()).map((each) -> DASHES + each).collect(Collectors.joining(", ")))));
	}

	/** What was set here, or else as a system property. */
	@Nullable String property(String name) {
		String value = this.values.get(name);
		return (value != null) ? value : System.getProperty(name);
	}

}

package io.pyserver.lab.cluster;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Each setting of the lab: an option of the program, such as {@code --watch}, and a
 * system property, such as {@code lab.watch}.
 */
public enum Setting {

	CONTEXT("NAME", "context of the cluster [inside a cluster: that one, by the pod's service account]"),

	KUBECONFIG("FILE", "kubeconfig that has the context [those of KUBECONFIG, or ~/.kube/config]"),

	IMAGE("IMAGE", "image of the service, as the cluster's nodes pull it"),

	ONLY("CELLS", "cells to run, such as deny-both/httpGet; all for the matrix [deny-both]"),

	NODES("all|1-1000", "tries each cell on every node, or on so many [each cell on one of two]", 1, 1000, 2),

	PERIOD("SECONDS", "period of the probes; exec has three times that", 1, 20, 1),

	WATCH("SECONDS", "how long probes are watched", 5, 3600, 10),

	SETTLE("SECONDS", "how long an engine may take to enforce or to forget a policy", 1, 600, 15),

	READY("SECONDS", "how long pods may take to be ready", 10, 1800, 120),

	PARALLEL("NUMBER", "how many experiments run side by side", 1, 20, 4),

	KEEP("true|false|on-failure", "leaves the namespaces for you to inspect [false]"),

	REPORT("FOLDER", "folder of the report [target/probe-lab]");

	private static final String DASHES = "--";

	private final String takes;

	private final String text;

	private final int lowest;

	private final int highest;

	private final int standard;

	Setting(String takes, String text) {
		this(takes, text, 0, 0, 0);
	}

	Setting(String takes, String text, int lowest, int highest, int standard) {
		this.takes = takes;
		this.text = text;
		this.lowest = lowest;
		this.highest = highest;
		this.standard = standard;
	}

	public String property() {
		return "lab." + this;
	}

	/** The lines of {@code --help}, one for each setting. */
	public static List<String> help() {
		return Arrays.stream(values())
			.map((setting) -> "  %-29s %s%s".formatted(DASHES + setting + " " + setting.takes, setting.text,
					setting.takes.matches("SECONDS|NUMBER")
							? ", %d to %d [%d]".formatted(setting.lowest, setting.highest, setting.standard) : ""))
			.toList();
	}

	/**
	 * Reads a command line, such as {@code --watch 20} or {@code --watch=20}.
	 * @return the value of a property, from the command line or else from the system
	 * @throws LabException with the word that is no option, or an option without a value
	 */
	public static Function<String, @Nullable String> read(List<String> arguments) {
		Map<String, String> values = new HashMap<>();
		Iterator<String> rest = arguments.iterator();
		while (rest.hasNext()) {
			String[] words = rest.next().split("=", 2);
			Setting setting = ofOption(words[0]);
			if (words.length < 2 && !rest.hasNext()) {
				throw new LabException("%s has no value; --help shows what it takes".formatted(words[0]));
			}
			if (values.put(setting.property(), (words.length > 1) ? words[1] : rest.next()) != null) {
				throw new LabException("%s is there twice; once is enough".formatted(words[0]));
			}
		}
		return (property) -> (values.containsKey(property)) ? values.get(property) : System.getProperty(property);
	}

	private static Setting ofOption(String option) {
		if (!option.startsWith(DASHES)) {
			throw new LabException("'%s' is no option; options begin with %s".formatted(option, DASHES));
		}
		return Arrays.stream(values())
			.filter((setting) -> option.equals(DASHES + setting))
			.findFirst()
			.orElseThrow(() -> new LabException("there is no option %s; take one of --help, %s".formatted(option,
					Stream.of(values()).map((each) -> DASHES + each).collect(Collectors.joining(", ")))));
	}

	/** The value, or null if it is not set. */
	@Nullable String text(Function<String, @Nullable String> property) {
		String value = property.apply(property());
		return (value == null || value.isBlank()) ? null : value.strip();
	}

	/**
	 * The value as a number, or the default if it is not set.
	 * @throws LabException with a wrong value and the values that are allowed
	 */
	int number(Function<String, @Nullable String> property) {
		String value = text(property);
		return (value != null) ? number(value, this.highest) : this.standard;
	}

	/**
	 * Reads a number.
	 * @param highest the highest value that is allowed
	 * @throws LabException with a wrong value and the values that are allowed
	 */
	public int number(String value, int highest) {
		if (!value.matches("\\d{1,6}") || Integer.parseInt(value) < this.lowest || Integer.parseInt(value) > highest) {
			throw new LabException("%s=%s is %s whole number from %d to %d".formatted(property(), value,
					(this == NODES) ? "neither all nor a" : "no", this.lowest, highest));
		}
		return Integer.parseInt(value);
	}

	/** The name of the setting, such as {@code watch}. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}

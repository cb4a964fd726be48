package io.pyserver.lab.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Each setting of the lab: an option of the program, such as {@code --watch}, and a
 * system property, such as {@code lab.watch}.
 */
public enum Setting {

	/** Which cluster. */
	CONTEXT("NAME", "context of the cluster; inside a cluster that one, by the pod's service account"),

	/** Where its context is. */
	KUBECONFIG("FILE", "kubeconfig that has the context [those of KUBECONFIG, or ~/.kube/config]"),

	/** What is deployed. */
	IMAGE("IMAGE", "image of the service, as the cluster's nodes pull it"),

	/** Which cells. */
	ONLY("CELLS", "cells to run, such as deny-both/httpGet; all for the matrix [deny-both]"),

	/** On which nodes. */
	NODES("all|1-1000", "tries each cell on every node, or on so many [each cell on one of two]", 1, 1000, 2),

	/** Of the probes. */
	PERIOD("SECONDS", "period of the probes; exec has three times that", 1, 20, 1),

	/** Under enforced policies. */
	WATCH("SECONDS", "for how long probes are watched", 5, 3600, 10),

	/** To enforce or to forget. */
	SETTLE("SECONDS", "how long an engine may take to enforce or to forget a policy", 1, 600, 15),

	/** Until pods are ready. */
	READY("SECONDS", "how long pods may take to be ready", 10, 1800, 120),

	/** Experiments at once. */
	PARALLEL("NUMBER", "how many experiments run side by side", 1, 20, 4),

	/** What is left for a look. */
	KEEP("true|false|on-failure", "leaves the namespaces for a look [false]"),

	/** Where the report goes. */
	REPORT("FOLDER", "folder of the report [target/probe-lab]");

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

	/** The one with this name, such as {@code watch}. */
	public static Optional<Setting> named(String name) {
		return Arrays.stream(values()).filter((setting) -> setting.toString().equals(name)).findFirst();
	}

	/** The system property. */
	public String property() {
		return "lab." + this;
	}

	/** A line for each, as {@code --help} shows them. */
	public static List<String> help() {
		return Arrays.stream(values())
			.map((setting) -> "  %-29s %s%s".formatted("--" + setting + " " + setting.takes, setting.text,
					setting.takes.matches("SECONDS|NUMBER")
							? ", %d to %d [%d]".formatted(setting.lowest, setting.highest, setting.standard) : ""))
			.toList();
	}

	/** Its value; null where it is not set. */
	@Nullable String text(Function<String, @Nullable String> property) {
		String value = property.apply(property());
		return (value == null || value.isBlank()) ? null : value.strip();
	}

	/**
	 * Its value as a number.
	 * @throws LabException naming the setting, its value and what it may be
	 */
	int number(Function<String, @Nullable String> property) {
		String value = text(property);
		return (value != null) ? number(value, this.highest) : this.standard;
	}

	/** The same with another bound. */
	public int number(String value, int bound) {
		if (!value.matches("\\d{1,6}") || Integer.parseInt(value) < this.lowest || Integer.parseInt(value) > bound) {
			throw new LabException("%s=%s is %s whole number from %d to %d".formatted(property(), value,
					(this == NODES) ? "neither all nor a" : "no", this.lowest, bound));
		}
		return Integer.parseInt(value);
	}

	/** The names of all, with commas between. */
	static String names() {
		return Arrays.stream(values()).map(Setting::property).sorted().collect(Collectors.joining(", "));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}

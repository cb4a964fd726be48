package io.pyserver.lab.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Selection;

/**
 * The settings of a run. {@link Setting} has their names, ranges and defaults.
 *
 * @param context the context, or null if none is named
 * @param kubeconfig the kubeconfig, or null for the files that {@code kubectl} reads
 * @param image the image of the service, or null if none is named
 * @param nodes how many nodes are used at most
 * @param everyNode whether each cell is tried on all of these nodes, and not on one
 */
public record LabSettings(@Nullable String context, @Nullable Path kubeconfig, @Nullable String image, int nodes,
		boolean everyNode, Selection only, Duration period, Duration watch, Duration settle, Duration ready,
		int parallel, Keep keep, Path report) {

	private static final String ALL_NODES = "all";

	/** The settings of this run, from its system properties. */
	public static LabSettings current() {
		return of(System::getProperty);
	}

	/**
	 * Reads the settings from properties.
	 * @throws LabException with a wrong value and the values that are allowed
	 */
	public static LabSettings of(Function<String, @Nullable String> property) {
		String kubeconfig = Setting.KUBECONFIG.text(property);
		String nodes = Setting.NODES.text(property);
		return new LabSettings(Setting.CONTEXT.text(property), (kubeconfig != null) ? Path.of(kubeconfig) : null,
				Setting.IMAGE.text(property),
				ALL_NODES.equals(nodes) ? Integer.MAX_VALUE : Setting.NODES.number(property), nodes != null,
				selection(Setting.ONLY.text(property)), seconds(Setting.PERIOD, property),
				seconds(Setting.WATCH, property), seconds(Setting.SETTLE, property), seconds(Setting.READY, property),
				Setting.PARALLEL.number(property), Keep.of(property.apply(Setting.KEEP.property())),
				Path.of(Objects.requireNonNullElse(Setting.REPORT.text(property), "target/probe-lab")));
	}

	private static Duration seconds(Setting setting, Function<String, @Nullable String> property) {
		return Duration.ofSeconds(setting.number(property));
	}

	private static Selection selection(@Nullable String only) {
		try {
			return Selection.of(only);
		}
		catch (IllegalArgumentException ex) {
			throw new LabException("lab.only: " + ex.getMessage());
		}
	}

	/** An exec probe has three times the period, because each one starts a process. */
	public Duration period(Mechanism mechanism) {
		return (mechanism == Mechanism.EXEC) ? this.period.multipliedBy(3) : this.period;
	}

	/**
	 * How long a node may take to accept a pod, if other pods are ready. If each cell
	 * runs on every node, a node that accepts no pod delays the others for a short time
	 * only. Otherwise the lab waits longer for a pod that is scheduled late.
	 */
	public Duration accepted() {
		return this.everyNode ? Limits.ALL.accepted() : this.ready;
	}

	/** The settings as the report shows them, by their property. */
	public Map<String, String> shown() {
		Map<String, String> shown = new LinkedHashMap<>();
		shown.put("lab.only", this.only.text());
		shown.put("lab.period", this.period.toSeconds() + " s");
		shown.put("lab.watch", this.watch.toSeconds() + " s");
		shown.put("lab.settle", this.settle.toSeconds() + " s");
		shown.put("lab.ready", this.ready.toSeconds() + " s");
		shown.put("lab.parallel", String.valueOf(this.parallel));
		shown.put("lab.nodes", this.everyNode ? "each cell on every node" : "each cell on one node");
		return shown;
	}

	/** Whether a run keeps what it created, so that a person can inspect it. */
	public enum Keep {

		NEVER,

		ALWAYS,

		/** Keeps what failed, and the cluster on which it failed. */
		ON_FAILURE;

		private static final AtomicBoolean FAILED = new AtomicBoolean();

		/**
		 * Reads the setting {@code lab.keep}.
		 * @throws LabException with a wrong value and the values that are allowed
		 */
		static Keep of(@Nullable String value) {
			return switch (value) {
				case null -> NEVER;
				case "false" -> NEVER;
				case "", "true" -> ALWAYS;
				case "on-failure" -> ON_FAILURE;
				default -> throw new LabException("lab.keep=%s is none of true, false, on-failure".formatted(value));
			};
		}

		/** Records that a test of this run has failed. */
		public static void sayFailed() {
			FAILED.set(true);
		}

		/** Whether the cluster of the run is kept, by the failures so far. */
		public boolean keepsRun() {
			return keeps(FAILED.get());
		}

		/** Whether something is kept, depending on whether it failed. */
		public boolean keeps(boolean failed) {
			return this == ALWAYS || (this == ON_FAILURE && failed);
		}

	}

}

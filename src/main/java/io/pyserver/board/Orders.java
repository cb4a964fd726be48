package io.pyserver.board;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonWriter;

import io.pyserver.PyserverProperties;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch.Setting;

/**
 * What an operator can do to the probes now, and what follows of it: with the numbers of
 * the manifest where a property has them, and the interval that was seen.
 */
final class Orders {

	private static final JsonWriter<List<Map<String, Object>>> JSON = JsonWriter.standard();

	private static final Duration STANDARD_DELAY = Duration.ofSeconds(5);

	private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(2);

	private final PyserverProperties.Board manifest;

	Orders(PyserverProperties.Board manifest) {
		this.manifest = manifest;
	}

	/** All of them, as JSON for the page. */
	String json(Picture picture) {
		return JSON.writeToString(of(picture).stream()
			.map((order) -> Map.of("probe", order.probe(), "label", order.label(), "follows", order.follows(), "body",
					order.body()))
			.toList());
	}

	List<Order> of(Picture picture) {
		return picture.switches()
			.entrySet()
			.stream()
			.flatMap((kind) -> of(kind.getKey(), kind.getValue(),
					picture.lane(kind.getKey().label()).map((lane) -> lane.rhythm().interval()).orElse(null)))
			.toList();
	}

	private Stream<Order> of(ProbeKind kind, Setting setting, @Nullable Duration interval) {
		String name = kind.label();
		String right = "The " + name + " probe gets its answer again" + ((kind == ProbeKind.READINESS)
				? ", and with the next success the pod is ready." : ", and no restart follows.");
		Duration delay = (this.manifest.timeoutSeconds() != null)
				? Duration.ofSeconds(this.manifest.timeoutSeconds()).plus(BEYOND_TIMEOUT) : STANDARD_DELAY;
		return Stream.of(
				setting.broken() ? new Order(name, "Mend " + name, right, Map.of("state", "correct"))
						: new Order(name, "Break " + name,
								asked(kind, interval) + " From now on it gets a 503. " + outcome(kind, interval),
								Map.of("state", "broken")),
				setting.delay().isPositive()
						? new Order(name, "Answer " + name + " at once", right, Map.of("delayMs", 0))
						: new Order(name, "Delay " + name + " by " + delay.toSeconds() + " s",
								asked(kind, interval) + " From now on its answer comes after " + delay.toSeconds()
										+ " s, and the kubelet waits " + timeout() + ": each one is then a failure. "
										+ outcome(kind, interval),
								Map.of("delayMs", delay.toMillis())));
	}

	private static String asked(ProbeKind kind, @Nullable Duration interval) {
		return "The " + kind.label() + " probe " + ((interval != null)
				? "asks every " + Words.seconds(interval) + ", as seen here." : "was not seen twice yet.");
	}

	private String timeout() {
		return (this.manifest.timeoutSeconds() != null)
				? this.manifest.timeoutSeconds() + " s (timeoutSeconds of the manifest)"
				: "as long as your manifest says (timeoutSeconds; 1 s where it says nothing)";
	}

	private String outcome(ProbeKind kind, @Nullable Duration interval) {
		Integer failures = this.manifest.failureThreshold();
		String after = (failures != null)
				? "After " + failures + " failures in a row (failureThreshold of the manifest)"
						+ ((interval != null) ? ", in about " + Words.seconds(interval.multipliedBy(failures)) : "")
				: "After as many failures in a row as your manifest says (failureThreshold; 3 where it says nothing)";
		return after + ((kind == ProbeKind.LIVENESS)
				? ", the kubelet restarts the container. That puts everything right, and this page comes back by itself."
				: ", the kubelet finds the pod not ready: no Service sends it anything until you mend it."
						+ " It is not restarted.");
	}

	/**
	 * One thing to do.
	 *
	 * @param probe whose switch it turns
	 * @param label what is on the button
	 * @param follows what will be, in sentences
	 * @param body for the switch, as JSON
	 */
	record Order(String probe, String label, String follows, Map<String, Object> body) {
	}

}

package io.pyserver.lab.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

import io.pyserver.lab.evidence.Cell.Kind;

/**
 * Events of the containers under test in a namespace. They are incomplete: a kubelet
 * sends no more than about 25 events of a pod in a row, and then one in five minutes. Its
 * messages change from version to version.
 *
 * @param events in the order of their last occurrence
 */
public record KubeletEvents(List<Event> events) {

	public KubeletEvents {
		events = events.stream().sorted(Comparator.comparing(Event::last)).toList();
	}

	static KubeletEvents of(Collection<io.fabric8.kubernetes.api.model.Event> events) {
		return new KubeletEvents(events.stream()
			.map(Event::of)
			.filter((event) -> event.container().equals(ContainerUnderTest.NAME))
			.toList());
	}

	/** Events at a point in time or later. Their times are in whole seconds. */
	public KubeletEvents since(Instant moment) {
		return with((event) -> !event.last().isBefore(moment.minus(Duration.ofSeconds(1))));
	}

	/** Events that first occurred at a point in time or earlier. */
	public KubeletEvents until(Instant moment) {
		return with((event) -> !event.first().isAfter(moment));
	}

	public KubeletEvents of(String pod) {
		return with((event) -> event.pod().equals(pod));
	}

	public KubeletEvents unhealthy() {
		return with((event) -> event.reason().equals("Unhealthy"));
	}

	/** The events of failed probes of a kind. */
	public KubeletEvents unhealthy(Kind kind) {
		return unhealthy().with((event) -> event.message().toLowerCase(Locale.ROOT).startsWith(kind.label()));
	}

	/** The events of failed probes, and of containers that a kubelet stopped. */
	public KubeletEvents unhealthyOrKilling() {
		return with((event) -> event.reason().equals("Unhealthy") || event.reason().equals("Killing"));
	}

	public KubeletEvents with(Predicate<Event> condition) {
		return new KubeletEvents(this.events.stream().filter(condition).toList());
	}

	/** The messages without repetition, the latest last. */
	public List<String> messages() {
		return this.events.reversed().stream().map(Event::message).distinct().toList().reversed();
	}

	public int count() {
		return this.events.stream().mapToInt(Event::count).sum();
	}

	/**
	 * An event, which may have occurred several times.
	 *
	 * @param container the name of its container, or empty
	 * @param first when it first occurred, by the cluster's clock, in whole seconds
	 * @param last when it last occurred
	 */
	public record Event(String pod, String container, String reason, String message, int count, Instant first,
			Instant last) {

		/** The prefix of a message that stands for several similar events. */
		private static final String COMBINED = "(combined from similar events): ";

		private static Event of(io.fabric8.kubernetes.api.model.Event event) {
			String path = Objects.requireNonNullElse(event.getInvolvedObject().getFieldPath(), "");
			String created = event.getMetadata().getCreationTimestamp();
			String message = Objects.requireNonNullElse(event.getMessage(), "").strip();
			return new Event(event.getInvolvedObject().getName(),
					path.replaceFirst("^spec\\.containers\\{(.*)}$", "$1"),
					Objects.requireNonNullElse(event.getReason(), ""),
					message.startsWith(COMBINED) ? message.substring(COMBINED.length()) : message,
					Objects.requireNonNullElse(event.getCount(), 1),
					Instant.parse(Objects.requireNonNullElse(event.getFirstTimestamp(), created)),
					Instant.parse(Objects.requireNonNullElse(event.getLastTimestamp(), created)));
		}

	}

}

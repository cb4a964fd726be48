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
 * What kubelets said of the containers under test in a namespace. It explains what
 * happened: a kubelet says no more than about 25 things of a pod in a row, and then one
 * in five minutes, in words that change from version to version.
 *
 * @param events in the order in which they were last said
 */
public record KubeletEvents(List<Event> events) {

	public KubeletEvents {
		events = events.stream().sorted(Comparator.comparing(Event::last)).toList();
	}

	static KubeletEvents of(Collection<io.fabric8.kubernetes.api.model.Event> events) {
		return new KubeletEvents(events.stream()
			.map(Event::of)
			.filter((event) -> event.container().equals(UnderTest.CONTAINER))
			.toList());
	}

	/** Those that were said at a moment or later, as far as whole seconds can tell. */
	public KubeletEvents since(Instant moment) {
		return with((event) -> !event.last().isBefore(moment.minus(Duration.ofSeconds(1))));
	}

	/** Those that were said first at a moment or before. */
	public KubeletEvents until(Instant moment) {
		return with((event) -> !event.first().isAfter(moment));
	}

	/** What they said of one pod. */
	public KubeletEvents of(String pod) {
		return with((event) -> event.pod().equals(pod));
	}

	/** What they said of failed probes. */
	public KubeletEvents unhealthy() {
		return with((event) -> event.reason().equals("Unhealthy"));
	}

	/** What they said of failed probes of a kind. */
	public KubeletEvents unhealthy(Kind kind) {
		return unhealthy().with((event) -> event.message().toLowerCase(Locale.ROOT).startsWith(kind.label()));
	}

	/** What they said of failed probes and of containers that they stopped. */
	public KubeletEvents unhealthyOrKilling() {
		return with((event) -> event.reason().equals("Unhealthy") || event.reason().equals("Killing"));
	}

	/** Those that fit. */
	public KubeletEvents with(Predicate<Event> condition) {
		return new KubeletEvents(this.events.stream().filter(condition).toList());
	}

	/** What was said, each message once, the latest last. */
	public List<String> messages() {
		return this.events.reversed().stream().map(Event::message).distinct().toList().reversed();
	}

	/** How often something was said. */
	public int count() {
		return this.events.stream().mapToInt(Event::count).sum();
	}

	/**
	 * Something that was said, perhaps several times.
	 *
	 * @param container that it was said of
	 * @param first when it was said first, by the cluster's clock, in whole seconds
	 * @param last when it was said last
	 */
	public record Event(String pod, String container, String reason, String message, int count, Instant first,
			Instant last) {

		/** In front of what a kubelet says for several similar things. */
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

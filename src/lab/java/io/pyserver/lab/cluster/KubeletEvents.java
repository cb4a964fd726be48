package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.pyserver.lab.evidence.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What the kubelets said of the pods of a namespace. A kubelet says no more than 25
 * things of a pod, and then one in five minutes.
 */
public record KubeletEvents(List<Event> events) {

	public static final KubeletEvents NONE = new KubeletEvents(List.of());

	public KubeletEvents {
		events = List.copyOf(events);
	}

	static KubeletEvents of(Collection<io.fabric8.kubernetes.api.model.Event> events) {
		return new KubeletEvents(events.stream().map(Event::of).toList());
	}

	/** Those that came since an earlier look. */
	public KubeletEvents since(KubeletEvents earlier) {
		Map<String, Integer> counts = earlier.events.stream()
			.collect(Collectors.toMap(Event::key, Event::count, Integer::sum));
		return new KubeletEvents(this.events.stream()
			.map((event) -> event.without(counts.getOrDefault(event.key(), 0)))
			.filter((event) -> event.count() > 0)
			.toList());
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
		String start = kind.label().substring(0, 1).toUpperCase(Locale.ROOT) + kind.label().substring(1) + " probe ";
		return unhealthy().with((event) -> event.message().startsWith(start));
	}

	/** What they said of failed probes and of containers that they stopped. */
	public KubeletEvents unhealthyOrKilling() {
		return with((event) -> event.reason().equals("Unhealthy") || event.reason().equals("Killing"));
	}

	/** Those that fit. */
	public KubeletEvents with(Predicate<Event> condition) {
		return new KubeletEvents(this.events.stream().filter(condition).toList());
	}

	/** What was said, each as often as it was. */
	public List<String> messages() {
		return this.events.stream()
			.map((event) -> Collections.nCopies(event.count(), event.message()))
			.flatMap(Collection::stream)
			.toList();
	}

	/** When the first of them was said, or null where there is none. */
	public @Nullable Instant first() {
		return this.events.stream().map(Event::first).min(Comparator.naturalOrder()).orElse(null);
	}

	/**
	 * Something that was said, perhaps several times.
	 *
	 * @param first when it was said first, or at the latest, by the cluster's clock
	 * @param last when it was said last
	 */
	public record Event(String pod, String reason, String message, int count, Instant first, Instant last) {

		private static Event of(io.fabric8.kubernetes.api.model.Event event) {
			String created = event.getMetadata().getCreationTimestamp();
			return new Event(event.getInvolvedObject().getName(), Objects.requireNonNullElse(event.getReason(), ""),
					Objects.requireNonNullElse(event.getMessage(), "").strip(),
					Objects.requireNonNullElse(event.getCount(), 1),
					Instant.parse(Objects.requireNonNullElse(event.getFirstTimestamp(), created)),
					Instant.parse(Objects.requireNonNullElse(event.getLastTimestamp(), created)));
		}

		private String key() {
			return String.join("\n", this.pod, this.reason, this.message);
		}

		private Event without(int times) {
			return (times == 0) ? this
					: new Event(this.pod, this.reason, this.message, this.count - times, this.last, this.last);
		}

	}

}

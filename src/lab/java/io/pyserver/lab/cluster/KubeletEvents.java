package io.pyserver.lab.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Kind;

/**
 * Events of the containers under test in a namespace. They are incomplete: a kubelet
 * sends no more than about 25 events of a pod in a row, and then one in five minutes. Its
 * messages change from version to version.
 *
 * @param events in the order of their last occurrence
 */
public record KubeletEvents(List<Entry> events) {

	public KubeletEvents {
		events = events.stream().sorted(Comparator.comparing(Entry::last)).toList();
	}

	static KubeletEvents of(Collection<Event> events) {
		return new KubeletEvents(events.stream().map(Entry::of).toList())
			.with((event) -> event.container().equals(ContainerUnderTest.NAME));
	}

	private static int count(Event event) {
		return Objects.requireNonNullElse(event.getCount(), 1);
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

	public KubeletEvents with(Predicate<Entry> condition) {
		return new KubeletEvents(this.events.stream().filter(condition).toList());
	}

	/** The messages without repetition, the latest last. */
	public List<String> messages() {
		return this.events.reversed().stream().map(Entry::message).distinct().toList().reversed();
	}

	public int count() {
		return this.events.stream().mapToInt(Entry::count).sum();
	}

	/**
	 * An event, which may have occurred several times.
	 *
	 * @param container the name of its container, or empty
	 * @param first when it first occurred, by the cluster's clock, in whole seconds
	 * @param last when it last occurred
	 */
	public record Entry(String pod, String container, String reason, String message, int count, Instant first,
			Instant last) {

		/** The prefix of a message that stands for several similar events. */
		private static final String COMBINED = "(combined from similar events): ";

		private static Entry of(Event event) {
			String path = Objects.requireNonNullElse(event.getInvolvedObject().getFieldPath(), "");
			String created = event.getMetadata().getCreationTimestamp();
			String message = Objects.requireNonNullElse(event.getMessage(), "").strip();
			return new Entry(event.getInvolvedObject().getName(),
					path.replaceFirst("^spec\\.containers\\{(.*)}$", "$1"),
					Objects.requireNonNullElse(event.getReason(), ""),
					message.startsWith(COMBINED) ? message.substring(COMBINED.length()) : message,
					KubeletEvents.count(event),
					Instant.parse(Objects.requireNonNullElse(event.getFirstTimestamp(), created)),
					Instant.parse(Objects.requireNonNullElse(event.getLastTimestamp(), created)));
		}

	}

	/**
	 * Watches the events of the namespaces of a run. Events are kept after they expire in
	 * the cluster, so a count of failures never gets smaller. The name identifies an
	 * event. A kubelet that repeats an expired event uses the same name and continues its
	 * count.
	 */
	public static final class Watch implements ResourceEventHandler<Event>, AutoCloseable {

		private final KubernetesClient client;

		/** The watches by namespace; empty if the cluster refuses the watch. */
		private final Map<String, Optional<SharedIndexInformer<Event>>> informers = new ConcurrentHashMap<>();

		/** The events by namespace and name. */
		private final Map<String, Map<String, Event>> events = new ConcurrentHashMap<>();

		private volatile @Nullable String refusal;

		Watch(KubernetesClient client) {
			this.client = client;
		}

		/** All events of a namespace so far; none if the cluster refuses the watch. */
		KubeletEvents in(String namespace) {
			this.informers.computeIfAbsent(namespace, this::watch);
			return KubeletEvents.of(this.events.getOrDefault(namespace, Map.of()).values());
		}

		private Optional<SharedIndexInformer<Event>> watch(String namespace) {
			try {
				SharedIndexInformer<Event> informer = this.client.v1().events().inNamespace(namespace).inform(this);
				informer.getStore().list().forEach(this::onAdd);
				return Optional.of(informer);
			}
			catch (KubernetesClientException ex) {
				this.refusal = LabException.oneLine(LabException.said(ex));
				return Optional.empty();
			}
		}

		/** Why events cannot be watched; empty if no watch was refused so far. */
		public Optional<String> refusal() {
			return Optional.ofNullable(this.refusal);
		}

		/** Ends the watch of a namespace. */
		void forget(String namespace) {
			Optional.ofNullable(this.informers.remove(namespace))
				.flatMap((informer) -> informer)
				.ifPresent(SharedIndexInformer::close);
			this.events.remove(namespace);
		}

		@Override
		public void onAdd(Event event) {
			this.events.computeIfAbsent(event.getMetadata().getNamespace(), (_) -> new ConcurrentHashMap<>())
				.merge(event.getMetadata().getName(), event,
						(known, latest) -> (count(latest) < count(known)) ? known : latest);
		}

		@Override
		public void onUpdate(Event before, Event event) {
			onAdd(event);
		}

		@Override
		public void onDelete(Event event, boolean unseen) {
			// The event is kept.
		}

		@Override
		public void close() {
			this.informers.values().forEach((informer) -> informer.ifPresent(SharedIndexInformer::close));
		}

	}

}

package io.pyserver.lab.cluster;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.pyserver.lab.evidence.Kind;

/** What the kubelets said of the pods of a namespace. */
public record KubeletEvents(List<Event> events) {

	public static KubeletEvents of(ApiServer api, String namespace) {
		return new KubeletEvents(api.get("/api/v1/namespaces/" + namespace + "/events")
			.path("items")
			.valueStream()
			.map((event) -> new Event(event.at("/involvedObject/name").asString(""), event.path("reason").asString(""),
					event.path("message").asString("").strip(), event.path("count").asInt(1)))
			.toList());
	}

	/** Those that came since an earlier look, each as often as it came. */
	public KubeletEvents since(KubeletEvents earlier) {
		Map<Event, Integer> counts = earlier.events.stream()
			.collect(Collectors.toMap(Event::once, Event::count, Integer::sum));
		return new KubeletEvents(this.events.stream()
			.flatMap((event) -> Collections
				.nCopies(Math.max(0, event.count() - counts.getOrDefault(event.once(), 0)), event.once())
				.stream())
			.toList());
	}

	/** What they said of failed probes of a kind. */
	public List<String> unhealthy(String pod, Kind kind) {
		String start = kind.label().substring(0, 1).toUpperCase(Locale.ROOT) + kind.label().substring(1) + " probe ";
		return of(pod).stream().filter((message) -> message.startsWith(start)).toList();
	}

	/** What they said of failed probes and of containers that they stopped. */
	public List<String> of(String pod) {
		return this.events.stream()
			.filter((event) -> event.pod().equals(pod))
			.filter((event) -> event.reason().equals("Unhealthy") || event.reason().equals("Killing"))
			.map(Event::message)
			.toList();
	}

	/** One event, which may stand for several. */
	record Event(String pod, String reason, String message, int count) {

		Event once() {
			return new Event(this.pod, this.reason, this.message, 1);
		}

	}

}

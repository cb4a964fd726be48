package io.pyserver.lab.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.PodGroup;

/**
 * The access logs of a group, and all that was read of them so far: a container that is
 * started again begins a new one.
 */
final class LogBook {

	private final PodGroup group;

	private final NodeAddresses addresses;

	private final Map<String, Set<LogLine>> read = new ConcurrentHashMap<>();

	LogBook(PodGroup group, NodeAddresses addresses) {
		this.group = group;
		this.addresses = addresses;
	}

	/**
	 * What each pod's running container has logged.
	 * @throws IllegalStateException when a pod's log cannot be read
	 */
	Map<String, List<LogLine>> now() {
		return remember(this.group.printed());
	}

	/** The same of what was printed. */
	Map<String, List<LogLine>> remember(Map<String, String> printed) {
		Map<String, List<LogLine>> logs = LogLine.byPod(printed);
		logs.forEach(
				(pod, lines) -> this.read.computeIfAbsent(pod, (_) -> ConcurrentHashMap.newKeySet()).addAll(lines));
		return logs;
	}

	/**
	 * Looks once more at the container before a pod's running one, for what it logged
	 * last. The kubelet may have removed it by now.
	 */
	void rememberPrevious(Probed pod) {
		remember(Map.of(pod.name(), this.group.printedBefore(pod.name())));
	}

	/** All that was seen of a pod's logs, also of containers that are gone. */
	ProbeLog whole(Probed pod) {
		return new ProbeLog(this.read.getOrDefault(pod.name(), Set.of())
			.stream()
			.sorted(Comparator.comparing(LogLine::time))
			.toList(), pod.ip(), this.addresses.of(pod));
	}

}

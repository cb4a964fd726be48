package io.pyserver.lab.experiment;

import java.util.Comparator;
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

	/** Reads what each pod's running container has logged. */
	void readAll() {
		this.group.pods().keySet().forEach(this::read);
	}

	/** The same of one pod. What cannot be read now may be another time. */
	void read(String pod) {
		try {
			remember(pod, this.group.printed(pod));
		}
		catch (IllegalStateException ex) {
			// Of probes that are in no log it is not known where they came from.
		}
	}

	/**
	 * Looks once more at the container before a pod's running one, for what it logged
	 * last. The kubelet may have removed it by now.
	 */
	void readPrevious(Probed pod) {
		try {
			remember(pod.name(), this.group.printedBefore(pod.name()));
		}
		catch (IllegalStateException ex) {
			// What was read while it ran is what there is.
		}
	}

	private void remember(String pod, String printed) {
		this.read.computeIfAbsent(pod, (_) -> ConcurrentHashMap.newKeySet()).addAll(LogLine.parseAll(printed));
	}

	/** All that was seen of a pod's logs, also of containers that are gone. */
	ProbeLog whole(Probed pod) {
		return new ProbeLog(this.read.getOrDefault(pod.name(), Set.of())
			.stream()
			.sorted(Comparator.comparing(LogLine::time))
			.toList(), pod.ip(), this.addresses.of(pod));
	}

}

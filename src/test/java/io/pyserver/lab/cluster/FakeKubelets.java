package io.pyserver.lab.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.pyserver.lab.evidence.Cell.Kind;

/**
 * The kubelets of a fake cluster, which publish the counts of probes that a test says.
 */
public final class FakeKubelets {

	private final Map<String, LongSupplier> lines = new ConcurrentHashMap<>();

	void count(String namespace, String pod, Kind kind, String result, LongSupplier count) {
		this.lines.put(
				"prober_probe_total{container=\"%s\",namespace=\"%s\",pod=\"%s\",pod_uid=\"1\",probe_type=\"%s\",result=\"%s\"}"
					.formatted(UnderTest.CONTAINER, namespace, pod, kind, result),
				count);
	}

	/** What each of them answers. */
	String metrics() {
		return this.lines.entrySet()
			.stream()
			.map((line) -> line.getKey() + " " + line.getValue().getAsLong() + "\n")
			.collect(Collectors.joining());
	}

}

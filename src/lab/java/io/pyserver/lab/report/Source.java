package io.pyserver.lab.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Origin;
import io.pyserver.lab.evidence.SeenProbe;

/** An address, and how many of some probes came from it. */
record Source(String address, Origin origin, int count) {

	/** In the order in which they appear. */
	static List<Source> of(List<SeenProbe> probes, CellEvidence evidence) {
		Map<String, Source> sources = new LinkedHashMap<>();
		for (SeenProbe probe : probes) {
			sources.merge(probe.source(), new Source(probe.source(), Origin.of(probe, evidence), 1),
					(source, _) -> new Source(source.address(), source.origin(), source.count() + 1));
		}
		return List.copyOf(sources.values());
	}

}

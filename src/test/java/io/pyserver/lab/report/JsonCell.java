package io.pyserver.lab.report;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.ImageIdentity;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.SeenProbe;
import io.pyserver.lab.evidence.Subject;

/** A cell's result in the report for programs. */
final class JsonCell {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private JsonCell() {
	}

	static ObjectNode of(CellResult result) {
		CellEvidence evidence = result.evidence();
		Cell cell = evidence.cell();
		ObjectNode node = NODES.objectNode();
		node.put("id", cell.id());
		node.put("policy", cell.policy().label());
		node.put("mechanism", cell.mechanism().label());
		node.put("kind", cell.kind().label());
		node.put("order", cell.order().label());
		node.put("verdict", result.finding().verdict().label());
		node.set("because", JsonReport.texts(result.finding().because()));
		node.put("problem", evidence.problem());
		node.put("details", result.details());
		node.set("subject", subject(evidence.subject()));
		ArrayNode controls = node.putArray("controls");
		evidence.controls().forEach((control) -> controls.add(control(control, cell)));
		node.set("probes", probes(evidence.probes(), evidence));
		ObjectNode harm = node.putObject("harm");
		harm.put("restarts", evidence.harm().restarts());
		harm.set("unhealthy", JsonReport.texts(evidence.harm().unhealthy()));
		harm.put("since", text(evidence.harm().since()));
		node.set("causality", causality(evidence.causality()));
		ArrayNode marks = node.putArray("marks");
		evidence.marks()
			.forEach((mark) -> marks.addObject().put("at", mark.at().toString()).put("what", mark.what().label()));
		return node;
	}

	private static JsonNode subject(@Nullable Subject subject) {
		if (subject == null) {
			return NODES.nullNode();
		}
		ObjectNode node = NODES.objectNode();
		node.put("namespace", subject.namespace());
		node.put("pod", subject.pod());
		node.put("node", subject.node());
		node.set("nodeAddresses", JsonReport.texts(subject.nodeAddresses().stream().sorted().toList()));
		node.put("image", subject.image());
		ImageIdentity expected = subject.expectedImage();
		node.put("expectedImage", (expected != null) ? expected.configuration() : null);
		node.set("expectedManifests",
				JsonReport.texts((expected != null) ? new TreeSet<>(expected.manifests()) : List.of()));
		node.put("probed", subject.probed());
		node.put("created", subject.created().toString());
		node.put("policyCreated", text(subject.policyCreated()));
		return node;
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : null;
	}

	private static ObjectNode control(ControlEvidence evidence, Cell cell) {
		ObjectNode node = NODES.objectNode();
		node.put("control", evidence.control().label());
		node.put("expected", Expectation.of(evidence.control(), cell.policy(), Phase.DURING).label());
		ArrayNode attempts = node.putArray("attempts");
		evidence.attempts()
			.forEach((attempt) -> attempts.addObject()
				.put("phase", attempt.phase().label())
				.put("at", attempt.at().toString())
				.put("reach", attempt.reach().label()));
		return node;
	}

	private static JsonNode probes(@Nullable ProbeEvidence probes, CellEvidence evidence) {
		if (probes == null) {
			return NODES.nullNode();
		}
		ObjectNode node = NODES.objectNode();
		node.put("periodMs", probes.period().toMillis());
		node.put("since", probes.since().toString());
		node.put("until", probes.until().toString());
		node.put("enforced", probes.enforced().size());
		node.put("longestGapMs", probes.longestGap().toMillis());
		node.put("byLog", probes.byLog());
		node.put("byHistory", probes.byHistory());
		ArrayNode sources = node.putArray("sources");
		Source.of(probes.enforced(), evidence)
			.forEach((source) -> sources.addObject()
				.put("address", source.address())
				.put("origin", source.origin().label())
				.put("count", source.count()));
		node.set("seen", probes(probes.seen()));
		node.set("claimed", probes(probes.claimed()));
		return node;
	}

	private static ArrayNode probes(List<SeenProbe> probes) {
		ArrayNode array = NODES.arrayNode();
		probes.forEach((probe) -> array.addObject()
			.put("at", probe.at().toString())
			.put("source", probe.source())
			.put("answered", probe.answered())
			.put("fromInsideThePod", probe.fromInsideThePod()));
		return array;
	}

	private static JsonNode causality(@Nullable Causality causality) {
		if (causality == null) {
			return NODES.nullNode();
		}
		ObjectNode node = NODES.objectNode();
		node.put("broken", causality.broken());
		node.put("expected", causality.expected());
		node.put("followed", causality.followed());
		node.set("bystanders", JsonReport.texts(causality.bystanders()));
		node.set("events", JsonReport.texts(causality.events()));
		return node;
	}

}

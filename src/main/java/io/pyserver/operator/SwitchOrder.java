package io.pyserver.operator;

import java.time.Duration;
import java.util.Map.Entry;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.probe.ProbeSwitch;

/**
 * What an operator wants a probe to be, as sent: {@code {"state": "broken", "delayMs":
 * 1500}}, either or both.
 *
 * @param broken whether to fail, or null to leave that as it is
 * @param delay how long to wait before each answer, or null to leave that as it is
 */
record SwitchOrder(@Nullable Boolean broken, @Nullable Duration delay) {

	/** The longest body, in bytes. */
	static final int LONGEST = 1_000;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	/**
	 * Reads the body.
	 * @throws Refusal naming the field that is wrong, and what it may be
	 */
	static SwitchOrder parse(byte[] body) throws Refusal {
		if (body.length > LONGEST) {
			throw new Refusal(400, "body", "must have no more than " + LONGEST + " bytes");
		}
		Boolean broken = null;
		Duration delay = null;
		for (Entry<String, JsonNode> field : object(body).properties()) {
			switch (field.getKey()) {
				case "state" -> broken = broken(field.getValue());
				case "delayMs" -> delay = delay(field.getValue());
				default -> throw new Refusal(400, field.getKey(), "is unknown; there are state and delayMs");
			}
		}
		if (broken == null && delay == null) {
			throw new Refusal(400, "body", "must have state, delayMs or both");
		}
		return new SwitchOrder(broken, delay);
	}

	private static JsonNode object(byte[] body) throws Refusal {
		try {
			JsonNode node = JSON.readTree(body);
			if (node.isObject()) {
				return node;
			}
		}
		catch (JacksonException ex) {
			// Said below.
		}
		throw new Refusal(400, "body", "must be one JSON object, with no field twice");
	}

	private static boolean broken(JsonNode state) throws Refusal {
		return switch (state.asString("")) {
			case "broken" -> true;
			case "correct" -> false;
			default -> throw new Refusal(400, "state", "must be \"broken\" or \"correct\"");
		};
	}

	private static Duration delay(JsonNode millis) throws Refusal {
		long longest = ProbeSwitch.LONGEST_DELAY.toMillis();
		if (!millis.isIntegralNumber() || !millis.canConvertToLong() || millis.asLong() < 0
				|| millis.asLong() > longest) {
			throw new Refusal(400, "delayMs", "must be a whole number from 0 to " + longest);
		}
		return Duration.ofMillis(millis.asLong());
	}

}

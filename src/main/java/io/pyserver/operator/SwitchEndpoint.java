package io.pyserver.operator;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.probe.ProbeSwitch.Setting;

/**
 * Shows and changes the switch of a probe at {@code /actuator/liveness} or {@code
 * /actuator/readiness}. The body of a change is {@code {"state": "broken", "delayMs":
 * 1500}}, with one or both fields.
 */
abstract sealed class SwitchEndpoint {

	private static final String BROKEN = "broken";

	private static final String CORRECT = "correct";

	private final ProbeKind kind;

	private final ProbeSwitch probeSwitch;

	private SwitchEndpoint(ProbeKind kind, ProbeSwitch probeSwitch) {
		this.kind = kind;
		this.probeSwitch = probeSwitch;
	}

	@ReadOperation
	Shown shown() {
		return Shown.of(this.probeSwitch.setting(this.kind));
	}

	/** Changes the given fields. It answers 400 with the name of an invalid field. */
	@WriteOperation
	WebEndpointResponse<?> change(@Nullable String state, @Nullable String delayMs) {
		if (state == null && delayMs == null) {
			return refusal("body", "must have state, delayMs or both");
		}
		if (state != null && !state.equals(BROKEN) && !state.equals(CORRECT)) {
			return refusal("state", "must be \"broken\" or \"correct\"");
		}
		long longest = ProbeSwitch.MAX_DELAY.toMillis();
		if (delayMs != null && (!delayMs.matches("\\d{1,9}") || Long.parseLong(delayMs) > longest)) {
			return refusal("delayMs", "must be a whole number from 0 to " + longest);
		}
		return new WebEndpointResponse<>(
				Shown.of(this.probeSwitch.change(this.kind, (state != null) ? state.equals(BROKEN) : null,
						(delayMs != null) ? Duration.ofMillis(Long.parseLong(delayMs)) : null)));
	}

	private static WebEndpointResponse<Problem> refusal(String field, String problem) {
		return new WebEndpointResponse<>(new Problem(field, field + " " + problem),
				WebEndpointResponse.STATUS_BAD_REQUEST);
	}

	record Shown(String state, long delayMs) {

		static Shown of(Setting setting) {
			return new Shown(setting.broken() ? BROKEN : CORRECT, setting.delay().toMillis());
		}

	}

	/** An invalid field, and what is wrong with it. */
	record Problem(String field, String error) {
	}

	@Component
	@Endpoint(id = "liveness")
	static final class Liveness extends SwitchEndpoint {

		Liveness(ProbeSwitch probeSwitch) {
			super(ProbeKind.LIVENESS, probeSwitch);
		}

	}

	@Component
	@Endpoint(id = "readiness")
	static final class Readiness extends SwitchEndpoint {

		Readiness(ProbeSwitch probeSwitch) {
			super(ProbeKind.READINESS, probeSwitch);
		}

	}

}

package io.pyserver.board;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Whether this machine has a browser, and a driver for it.
 */
final class BrowserIsThere implements ExecutionCondition {

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		List<String> missing = Arrays.stream(new String[] { Browser.BROWSER, Browser.DRIVER })
			.filter((program) -> Browser.onPath(program).isEmpty())
			.toList();
		if (missing.isEmpty()) {
			return ConditionEvaluationResult.enabled("there is a browser");
		}
		String reason = "not on the path: " + String.join(", ", missing)
				+ "; Debian has them as chromium and chromium-driver";
		if (!System.getProperty("lab.required", "false").equals("false")) {
			throw new IllegalStateException("lab.required is set, but " + reason);
		}
		return ConditionEvaluationResult.disabled(reason);
	}

}

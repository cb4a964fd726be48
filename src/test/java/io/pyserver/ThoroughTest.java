package io.pyserver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that takes too long for every day. A plain {@code verify} skips it and names it
 * at the end; {@code -Dall} runs all of them, as CI does, and {@code -Dit.test} those
 * that it names.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ThoroughTest.Asked.class)
@DisabledIfSystemProperty(named = "lab.only", matches = ".+",
		disabledReason = "lab.only asks for cells of the matrix alone")
public @interface ThoroughTest {

	/** Whether it was asked for. */
	class Asked implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			return (isSet("all") || isSet("it.test")) ? ConditionEvaluationResult.enabled("asked for")
					: ConditionEvaluationResult.disabled("it takes long: ./mvnw verify -Dall runs it");
		}

		private static boolean isSet(String property) {
			return !System.getProperty(property, "false").equals("false");
		}

	}

}

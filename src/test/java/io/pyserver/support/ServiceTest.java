package io.pyserver.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

import io.pyserver.accesslog.CapturedAccessLog;

/**
 * A test of the service as Spring starts it in this JVM, on free ports. Classes with the
 * same properties share one, and so all run in one thread, one after the other, beside
 * the tests that start none.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(CapturedAccessLog.class)
@ExtendWith(OneStartAtATime.UntilFirstTest.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface ServiceTest {

	/**
	 * What is set for the service.
	 * @return such as {@code pyserver.grpc-health=true}
	 */
	@AliasFor(annotation = SpringBootTest.class)
	String[] properties() default {};

}

package io.pyserver.lab.k3s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.experiment.Lab;

/**
 * A test on a cluster, which it gets as a parameter of type {@link Cluster} or
 * {@link Lab}. Without Docker it is skipped, and named at the end of the run; with
 * {@code -Dlab.required} it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterExtension.class)
public @interface ClusterTest {

	/** Whether the cluster enforces network policies. */
	boolean enforcing() default true;

	/** Whether the test runs the cells of {@code lab.only}. */
	boolean matrix() default false;

	/** Whether the test needs a throw-away cluster. */
	boolean throwAway() default false;

}

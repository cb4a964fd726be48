package io.pyserver.lab.k3s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.experiment.Lab;
import org.junit.jupiter.api.extension.ExtendWith;

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

	/** Whether it runs the cells that {@code lab.only} asks for. */
	boolean matrix() default false;

	/**
	 * Whether it does things to the cluster that only a throw-away one can be asked for.
	 */
	boolean throwAway() default false;

}

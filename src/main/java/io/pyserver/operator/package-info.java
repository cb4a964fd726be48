/**
 * What operators see and change under {@code /actuator}. The management port is bound to
 * loopback, so they use a port-forward or a command inside the pod.
 */
@NullMarked
package io.pyserver.operator;

import org.jspecify.annotations.NullMarked;

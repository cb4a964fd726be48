/**
 * What operators see and do under {@code /actuator}, reached on loopback alone: through a
 * port-forward, or from inside the pod.
 */
@NullMarked
package io.pyserver.operator;

import org.jspecify.annotations.NullMarked;

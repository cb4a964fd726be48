/** Tests that probes are answered under floods, faults and rollouts. */
@NullMarked
package io.pyserver.fire;

import org.jspecify.annotations.NullMarked;

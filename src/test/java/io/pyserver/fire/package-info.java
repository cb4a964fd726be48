/** Whether probes are answered while everything else is drowning. */
@NullMarked
package io.pyserver.fire;

import org.jspecify.annotations.NullMarked;

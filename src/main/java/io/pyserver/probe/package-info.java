/** Determines who calls and whether it is a probe, and records the probes. */
@NullMarked
package io.pyserver.probe;

import org.jspecify.annotations.NullMarked;

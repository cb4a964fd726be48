/**
 * Who is calling, whether it is a probe, and what the probes did so far.
 */
@NullMarked
package io.pyserver.probe;

import org.jspecify.annotations.NullMarked;

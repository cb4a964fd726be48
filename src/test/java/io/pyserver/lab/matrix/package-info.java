/**
 * Every policy, mechanism, kind and order: experiments that run side by side, and gather
 * the evidence that {@link io.pyserver.lab.evidence} judges.
 */
@NullMarked
package io.pyserver.lab.matrix;

import org.jspecify.annotations.NullMarked;

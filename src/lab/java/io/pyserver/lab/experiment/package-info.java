/**
 * What is done with some pods under some policies, step by step: for the lesson once, for
 * every policy, mechanism, kind and order side by side. What is gathered,
 * {@link io.pyserver.lab.evidence} judges.
 */
@NullMarked
package io.pyserver.lab.experiment;

import org.jspecify.annotations.NullMarked;

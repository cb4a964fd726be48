/**
 * The lab and its experiments. {@link io.pyserver.lab.experiment.Experiment} takes the
 * steps. Their observations become the evidence of {@link io.pyserver.lab.evidence}.
 */
@NullMarked
package io.pyserver.lab.experiment;

import org.jspecify.annotations.NullMarked;

/**
 * The lab and its experiments. {@link io.pyserver.lab.experiment.Experiment} is the
 * script of the steps; what they observe becomes the evidence of
 * {@link io.pyserver.lab.evidence}.
 */
@NullMarked
package io.pyserver.lab.experiment;

import org.jspecify.annotations.NullMarked;

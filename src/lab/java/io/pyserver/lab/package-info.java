/**
 * The lab as a program. A {@link io.pyserver.lab.experiment.Lab} deploys the service with
 * the shipped manifests to a {@link io.pyserver.lab.cluster.Cluster}. An
 * {@link io.pyserver.lab.experiment.Experiment} denies everything, watches the probes and
 * collects evidence. {@link io.pyserver.lab.evidence.Finding} judges the evidence.
 */
@NullMarked
package io.pyserver.lab;

import org.jspecify.annotations.NullMarked;

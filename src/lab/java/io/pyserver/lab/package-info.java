/**
 * The lab as a program. A {@link io.pyserver.lab.experiment.Lab} deploys the service with
 * the manifests just shipped to a {@link io.pyserver.lab.cluster.Cluster}. An
 * {@link io.pyserver.lab.experiment.Experiment} denies everything, watches, and gathers
 * the evidence that {@link io.pyserver.lab.evidence.Finding} judges: with every policy,
 * mechanism, kind and order, side by side.
 */
@NullMarked
package io.pyserver.lab;

import org.jspecify.annotations.NullMarked;

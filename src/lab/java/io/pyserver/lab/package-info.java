/**
 * The lesson on a real cluster, and the matrix: what the tests assert. A
 * {@link io.pyserver.lab.experiment.Lab} deploys the image just built with the manifests
 * just shipped to a {@link io.pyserver.lab.cluster.Cluster}. An
 * {@link io.pyserver.lab.experiment.Experiment} denies everything, watches, and gathers
 * the evidence that {@link io.pyserver.lab.evidence.Finding} judges: for the lesson once,
 * for the matrix with every policy, mechanism, kind and order, side by side.
 */
@NullMarked
package io.pyserver.lab;

import org.jspecify.annotations.NullMarked;

/**
 * The lesson on a real cluster, and the matrix: what the tests assert. A
 * {@link io.pyserver.lab.lesson.Experiment} deploys the image just built with the
 * manifests just shipped to a {@link io.pyserver.lab.cluster.Cluster}, denies everything
 * and gathers {@link io.pyserver.lab.lesson.Evidence}. A
 * {@link io.pyserver.lab.matrix.Lab} does the same for every policy, mechanism, kind and
 * order, side by side.
 */
@NullMarked
package io.pyserver.lab;

import org.jspecify.annotations.NullMarked;

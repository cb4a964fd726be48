/**
 * The lesson on a real cluster, and the matrix. An {@link io.pyserver.lab.Experiment}
 * deploys the image just built with the manifests just shipped to a
 * {@link io.pyserver.lab.Cluster}, denies everything and gathers
 * {@link io.pyserver.lab.Evidence}. A {@link io.pyserver.lab.Lab} does the same for every
 * policy, mechanism, kind and order, side by side.
 */
@NullMarked
package io.pyserver.lab;

import org.jspecify.annotations.NullMarked;

/**
 * The lesson on a real cluster. An {@link io.pyserver.lab.Experiment} deploys the image
 * just built with the manifests just shipped to a {@link io.pyserver.lab.Cluster}, denies
 * everything and gathers {@link io.pyserver.lab.Evidence}, from which the
 * {@link io.pyserver.lab.Verdict} follows.
 */
@NullMarked
package io.pyserver.lab;

import org.jspecify.annotations.NullMarked;

/**
 * A throw-away or an existing cluster: its API server, its nodes and kubelets, the
 * namespaces of a run and their pods. The settings of the lab are here as well.
 */
@NullMarked
package io.pyserver.lab.cluster;

import org.jspecify.annotations.NullMarked;

/**
 * A cluster and how to reach into it: a throw-away one or an existing one, its API
 * server, its nodes, the namespaces of a run and what is in them.
 */
@NullMarked
package io.pyserver.lab.cluster;

import org.jspecify.annotations.NullMarked;

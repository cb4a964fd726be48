/**
 * What the lab observed of a cell of its matrix, as plain data, and the verdict that
 * follows from it. This package does not use a cluster.
 */
@NullMarked
package io.pyserver.lab.evidence;

import org.jspecify.annotations.NullMarked;

/**
 * What the lab saw of a cell of its matrix, as plain data, and the verdict that follows
 * from it. Nothing in here knows a cluster.
 */
@NullMarked
package io.pyserver.lab.evidence;

import org.jspecify.annotations.NullMarked;

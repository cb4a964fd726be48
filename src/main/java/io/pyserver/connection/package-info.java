/** Limits connections, evicts idle ones, and gives priority to the node's. */
@NullMarked
package io.pyserver.connection;

import org.jspecify.annotations.NullMarked;

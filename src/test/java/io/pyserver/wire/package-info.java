/**
 * HTTP as bytes on a socket, for what no HTTP client would send or show.
 */
@NullMarked
package io.pyserver.wire;

import org.jspecify.annotations.NullMarked;

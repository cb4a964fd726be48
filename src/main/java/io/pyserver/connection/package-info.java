/**
 * Which connections are let in, and which are ended to make room: the node's come first.
 */
@NullMarked
package io.pyserver.connection;

import org.jspecify.annotations.NullMarked;

/**
 * The board: a page on the management port. While it is open, it shows live which calls
 * reach this pod and what this pod can reach. The page's scripts contain the texts.
 */
@NullMarked
package io.pyserver.board;

import org.jspecify.annotations.NullMarked;

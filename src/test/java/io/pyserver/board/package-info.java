/**
 * The board: what it says, to whom, and what a browser makes of it.
 */
@NullMarked
package io.pyserver.board;

import org.jspecify.annotations.NullMarked;

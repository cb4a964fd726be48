/**
 * The board: one page, and the same as lines of text, that shows while it is open what
 * reaches this pod and what it can reach. Behind the operators' door, and set up for who
 * first asks.
 */
@NullMarked
package io.pyserver.board;

import org.jspecify.annotations.NullMarked;

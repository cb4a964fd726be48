/**
 * The board: one page, and its events, that shows while it is open what reaches this pod
 * and what it can reach. It is on the operators' port. What a person reads is worded by
 * the page.
 */
@NullMarked
package io.pyserver.board;

import org.jspecify.annotations.NullMarked;

package io.pyserver.board;

import java.util.Map;

/**
 * A picture, and what is new in it: written once, for all boards.
 *
 * @param number one more than that of the moment before; the first is 1
 * @param picture all of it
 * @param news in each form
 */
record Moment(long number, Picture picture, Map<Form, byte[]> news) {
}

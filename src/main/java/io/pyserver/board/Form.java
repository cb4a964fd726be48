package io.pyserver.board;

/**
 * In which form a board is told: of all there is at first, and then of what is new.
 */
interface Form {

	/** The media type, with its character set. */
	String contentType();

	/** For who sees the board for the first time, or missed something. */
	byte[] all(Picture picture);

	/** For who has seen the picture before. */
	byte[] news(Picture before, Picture now);

}

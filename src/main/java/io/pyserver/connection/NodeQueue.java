package io.pyserver.connection;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A second queue of connections to one port, in which the kernel puts those of the node:
 * in the one queue that a port has, they would wait behind everyone else's, or be dropped
 * where that is full. Only Linux has such queues, and a sandbox may not.
 */
final class NodeQueue {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	/** Of {@code asm-generic/socket.h}. */
	private static final int SOL_SOCKET = 1;

	private static final int SO_ATTACH_REUSEPORT_CBPF = 51;

	private static final long SOCK_FPROG_BYTES = 16;

	private NodeQueue() {
	}

	/** Whether the kernel has such queues: it is tried with no port. */
	static boolean isThere(SourceFilter node) {
		if (!Files.isDirectory(DESCRIPTORS)) {
			return false;
		}
		try (ServerSocketChannel port = ServerSocketChannel.open()) {
			port.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			return attach(node);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Opens it.
	 * @param port with the queue of everyone else
	 * @param backlog most connections that wait
	 * @param node tells whose it is
	 * @throws IOException when another process has the port
	 */
	static ServerSocketChannel beside(ServerSocketChannel port, int backlog, SourceFilter node) throws IOException {
		port.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		ServerSocketChannel queue = ServerSocketChannel.open();
		queue.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		queue.bind(port.getLocalAddress(), backlog);
		attach(node);
		return queue;
	}

	/**
	 * To the only sockets that take it, as no others of this process share a port: Java
	 * does not say which descriptors they have.
	 */
	private static boolean attach(SourceFilter filter) throws IOException {
		boolean attached = false;
		try (Arena memory = Arena.ofConfined();
				DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
			MemorySegment program = memory.allocate(SOCK_FPROG_BYTES, Long.BYTES);
			program.set(ValueLayout.JAVA_SHORT, 0, (short) filter.length());
			program.set(ValueLayout.ADDRESS, Long.BYTES, memory.allocateFrom(ValueLayout.JAVA_BYTE, filter.program()));
			MethodHandle setsockopt = setsockopt();
			for (Path descriptor : descriptors) {
				attached |= (int) setsockopt.invokeExact(Integer.parseInt(descriptor.getFileName().toString()),
						SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program, (int) SOCK_FPROG_BYTES) == 0;
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("setsockopt cannot be called", ex);
		}
		return attached;
	}

	@SuppressWarnings("restricted")
	private static MethodHandle setsockopt() {
		Linker linker = Linker.nativeLinker();
		return linker.downcallHandle(linker.defaultLookup().findOrThrow("setsockopt"),
				FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
						ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
	}

}

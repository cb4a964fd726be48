package io.pyserver.connection;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A second backlog for one port, to which the kernel adds the node's connections. In the
 * general backlog they would wait behind all others, and be dropped when it is full. Only
 * Linux supports this, and a sandbox may not.
 */
final class NodeQueue {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	/** From {@code asm-generic/socket.h}. */
	private static final int SOL_SOCKET = 1;

	private static final int SO_ATTACH_REUSEPORT_CBPF = 51;

	private static final long SOCK_FPROG_BYTES = 16;

	/** The size of an IPv6 socket address. IPv4 has the port at the same offset. */
	private static final int SOCKADDR_BYTES = 28;

	private NodeQueue() {
	}

	/** Whether the kernel supports it. The check uses a socket without a port. */
	static boolean isSupported(SourceFilter node) {
		if (!Files.isDirectory(DESCRIPTORS)) {
			return false;
		}
		try (ServerSocketChannel socket = ServerSocketChannel.open()) {
			socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			return attach(node, 0);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Opens the backlog.
	 * @param general the socket with the general backlog
	 * @param backlog the maximum number of connections that wait
	 * @param node selects the node's connections
	 * @throws IOException when another process uses the port
	 */
	static ServerSocketChannel open(ServerSocketChannel general, int backlog, SourceFilter node) throws IOException {
		general.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		ServerSocketChannel queue = ServerSocketChannel.open();
		queue.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		queue.bind(general.getLocalAddress(), backlog);
		attach(node, queue.socket().getLocalPort());
		return queue;
	}

	/**
	 * Attaches a filter to the sockets that share a port. It asks all descriptors for
	 * their port, because Java does not say which one a socket has.
	 * @param port 0 for sockets without a port
	 */
	private static boolean attach(SourceFilter filter, int port) throws IOException {
		boolean attached = false;
		try (Arena memory = Arena.ofConfined();
				DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
			MemorySegment program = memory.allocate(SOCK_FPROG_BYTES, Long.BYTES);
			program.set(ValueLayout.JAVA_SHORT, 0, (short) filter.length());
			program.set(ValueLayout.ADDRESS, Long.BYTES, memory.allocateFrom(ValueLayout.JAVA_BYTE, filter.program()));
			MemorySegment name = memory.allocate(SOCKADDR_BYTES, Long.BYTES);
			MethodHandle getsockname = function("getsockname", ValueLayout.ADDRESS, ValueLayout.ADDRESS);
			MethodHandle setsockopt = function("setsockopt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
					ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
			for (Path path : descriptors) {
				int descriptor = Integer.parseInt(path.getFileName().toString());
				MemorySegment size = memory.allocateFrom(ValueLayout.JAVA_INT, SOCKADDR_BYTES);
				attached |= (int) getsockname.invokeExact(descriptor, name, size) == 0
						&& name.asByteBuffer().getShort(Short.BYTES) == (short) port
						&& (int) setsockopt.invokeExact(descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program,
								(int) SOCK_FPROG_BYTES) == 0;
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("The C library cannot be called", ex);
		}
		return attached;
	}

	@SuppressWarnings("restricted")
	private static MethodHandle function(String name, MemoryLayout... afterDescriptor) {
		Linker linker = Linker.nativeLinker();
		return linker.downcallHandle(linker.defaultLookup().findOrThrow(name),
				FunctionDescriptor.of(ValueLayout.JAVA_INT, afterDescriptor)
					.insertArgumentLayouts(0, ValueLayout.JAVA_INT));
	}

}

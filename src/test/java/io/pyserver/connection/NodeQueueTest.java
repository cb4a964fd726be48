package io.pyserver.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;

import org.apache.catalina.util.NetMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.support.OneStartAtATime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * In which queue the kernel puts whom.
 */
@ExtendWith(OneStartAtATime.class)
@Execution(ExecutionMode.SAME_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has two queues for one port")
class NodeQueueTest {

	@ParameterizedTest
	@CsvSource({ "127.0.0.2, 127.0.0.2, node", "127.0.0.2, 127.0.0.3, everyone", "127.0.0.2, 127.0.1.2, everyone",
			"127.0.0.2/31, 127.0.0.3, node", "127.0.0.2/31, 127.0.0.4, everyone", "127.7.0.0/16, 127.7.200.1, node",
			"127.7.0.0/16, 127.8.0.1, everyone", "0.0.0.0/0, 127.0.0.9, node", "0.0.0.0/0, ::1, everyone",
			"::1, ::1, node", "::/65, ::1, node", "::2, ::1, everyone", "8000::/1, ::1, everyone", "::/0, ::1, node",
			"::/0, 127.0.0.1, everyone", "10.0.0.0/8 fd00::/8 127.0.0.5, 127.0.0.5, node" })
	void aConnectionWaitsInTheQueueOfItsSource(String ranges, String source, String expected) throws Exception {
		SourceFilter filter = new SourceFilter(Arrays.stream(ranges.split(" ")).map(NetMask::new).toList());
		try (ServerSocketChannel everyone = ServerSocketChannel.open().bind(new InetSocketAddress(0));
				ServerSocketChannel node = NodeQueue.open(everyone, 10, filter);
				SocketChannel client = SocketChannel.open().bind(new InetSocketAddress(source, 0))) {
			everyone.configureBlocking(false);
			node.configureBlocking(false);
			client.connect(new InetSocketAddress(source, everyone.socket().getLocalPort()));
			assertThat(firstOf(everyone, node)).isEqualTo(expected);
		}
	}

	@Test
	void theFilterOfAPortDoesNotApplyToAnotherPort() throws Exception {
		InetSocketAddress any = new InetSocketAddress(0);
		SourceFilter nobody = new SourceFilter(List.of());
		SourceFilter all = new SourceFilter(List.of(new NetMask("0.0.0.0/0")));
		try (ServerSocketChannel everyone = ServerSocketChannel.open().bind(any);
				ServerSocketChannel node = NodeQueue.open(everyone, 10, nobody);
				ServerSocketChannel other = ServerSocketChannel.open().bind(any);
				ServerSocketChannel _ = NodeQueue.open(other, 10, all);
				SocketChannel client = SocketChannel.open()) {
			everyone.configureBlocking(false);
			node.configureBlocking(false);
			assertThat(NodeQueue.isSupported(all)).isTrue();
			client.connect(new InetSocketAddress("127.0.0.1", everyone.socket().getLocalPort()));
			assertThat(firstOf(everyone, node)).isEqualTo("everyone");
		}
	}

	private static String firstOf(ServerSocketChannel everyone, ServerSocketChannel node) {
		return await().until(() -> {
			if (accepts(everyone)) {
				return "everyone";
			}
			return accepts(node) ? "node" : "";
		}, (queue) -> !queue.isEmpty());
	}

	private static boolean accepts(ServerSocketChannel queue) throws IOException {
		try (SocketChannel newcomer = queue.accept()) {
			return newcomer != null;
		}
	}

}

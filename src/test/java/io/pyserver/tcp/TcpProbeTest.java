package io.pyserver.tcp;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.ProbeKind;
import io.pyserver.support.FreePort;

import static org.awaitility.Awaitility.await;

/**
 * The kernel takes connections as long as the port is open, so it is open only while
 * somebody serves it.
 */
class TcpProbeTest {

	@Test
	void aConnectionIsServedAfterOneThatCouldNotBeRecorded() throws IOException {
		AtomicInteger calls = new AtomicInteger();
		int port = FreePort.find();
		TcpProbe probe = probe(port, () -> {
			if (calls.incrementAndGet() == 1) {
				throw new IllegalStateException("on purpose");
			}
		});
		try {
			Knock.on(port);
			Knock.on(port);

			await().until(() -> calls.get() == 2);
		}
		finally {
			probe.close();
		}
	}

	@Test
	void aPortIsClosedWhenItsThreadFails() throws IOException {
		int port = FreePort.find();
		TcpProbe probe = probe(port, () -> {
			throw new InternalError("on purpose");
		});
		try {
			Knock.on(port);

			FreePort.awaitClosed(port);
		}
		finally {
			probe.close();
		}
	}

	private static TcpProbe probe(int port, Runnable log) throws IOException {
		return new TcpProbe(ProbeKind.LIVENESS, port, new CallerResolver(List.of(), List.of()), (_) -> log.run());
	}

}

package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/** A limit on the time of a task, as the lab has it for a node that does not answer. */
class SideBySideTest {

	private static final Duration LONG = Duration.ofMinutes(1);

	@Test
	void returnsWhatTheTaskReturns() {
		assertThat(SideBySide.within(LONG, "reading", () -> "text")).isEqualTo("text");
	}

	/** On a busy machine, the second may end before the task begins. */
	@Test
	void interruptsATaskThatDoesNotEnd() {
		CountDownLatch interrupted = new CountDownLatch(1);

		await().untilAsserted(() -> {
			assertThatIllegalStateException()
				.isThrownBy(() -> SideBySide.within(Duration.ofSeconds(1), "Reading the log of pod a", () -> {
					try {
						return new CountDownLatch(1).await(1, TimeUnit.HOURS);
					}
					finally {
						interrupted.countDown();
					}
				}))
				.withMessage("Reading the log of pod a took longer than 1 s");
			assertThat(interrupted.await(1, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void throwsWhatTheTaskThrows() {
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> SideBySide.within(LONG, "reading", () -> {
			throw new LabException("the node is gone");
		})).withMessage("the node is gone");
	}

}

package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which pods are waited for, and how long. */
class ReadinessTest {

	private static final String LISTENS = "2026-11-25T12:00:00Z {\"message\": \"Started PyserverApplication in 1 s\"}\n";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private Probed pod;

	@BeforeEach
	void start() {
		this.pod = this.lab.probed("a", Map.of());
		this.lab.pods().print("a", LISTENS);
	}

	@Test
	void aPodThatIsReadyIsNotLate() {
		assertThat(await(Duration.ofSeconds(1))).isNull();
	}

	/** Well before the limit. */
	@Test
	void aPodThatListensAndIsComplainedOfIsGivenUp() throws InterruptedException {
		this.lab.pods().become("a", false, 0);
		Thread complaints = Thread.startVirtualThread(() -> {
			sleep(Duration.ofSeconds(2));
			this.lab.pods().complain("a", "Startup probe failed: i/o timeout", 3);
		});

		Readiness.NotReady late = await(Duration.ofMinutes(5));

		complaints.join();
		assertThat(late.listens()).isTrue();
		assertThat(late.said().messages()).hasSize(3).containsOnly("Startup probe failed: i/o timeout");
	}

	@Test
	void aPodThatDoesNotRunIsWaitedForUntilTheLimit() {
		this.lab.pods().waitFor("a", "CrashLoopBackOff", "back-off");

		assertThat(await(Duration.ofSeconds(1))).returns(false, Readiness.NotReady::listens);
	}

	private Readiness.NotReady await(Duration limit) {
		return new Readiness(this.lab.group(), new LogBook(this.lab.group()), limit, Duration.ZERO,
				(_) -> Duration.ofSeconds(60))
			.await(List.of(this.pod))
			.get(this.pod);
	}

	private static void sleep(Duration duration) {
		try {
			Thread.sleep(duration);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

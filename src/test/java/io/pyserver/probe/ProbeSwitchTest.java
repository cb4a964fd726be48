package io.pyserver.probe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator delays is delayed no longer once the service is told to stop.
 */
@Timeout(30)
class ProbeSwitchTest {

	@Test
	void aShutdownEndsAllDelays() {
		ConfigurableApplicationContext service = new AnnotationConfigApplicationContext(ProbeSwitch.class);
		ProbeSwitch probeSwitch = service.getBean(ProbeSwitch.class);
		probeSwitch.change(ProbeKind.READINESS, null, ProbeSwitch.MAX_DELAY);
		CompletableFuture<?> answer = CompletableFuture
			.runAsync(() -> probeSwitch.settingAfterDelay(ProbeKind.READINESS), Thread::startVirtualThread);
		await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());

		service.close();

		assertThat(answer).succeedsWithin(Duration.ofSeconds(20));
	}

}

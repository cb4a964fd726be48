package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Order;

import static org.assertj.core.api.Assertions.assertThat;

/** What is seen of pods that start, and said of those that do not. */
class StartTest {

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final Probed pod = this.lab.probed("a", Map.of());

	@Test
	void aPodIsReadySinceItsWatchSaysSo() {
		Instant ready = this.lab.group().states("a").getLast().since();

		Outcome.Started started = start(Order.POLICY_FIRST);

		assertThat(started.marks()).containsExactly(new Mark(ready, Mark.What.READY));
		assertThat(new Course(this.pod, List.of(started))).matches(Course::isWell)
			.satisfies((course) -> assertThat(course.started().getMetadata().getName()).isEqualTo("a"));
	}

	@ParameterizedTest
	@CsvSource({ "POLICY_FIRST, 'the pod was not ready within 5 s; lab.ready gives it longer'",
			"POD_FIRST, 'already before any policy the pod was not ready'" })
	void aPodThatIsNotReadyIsStoppedWithTheReason(Order order, String problem) {
		this.lab.pods().become("a", false, 0);

		assertThat(start(order)).returns(List.of(), Outcome.Started::marks)
			.returns(problem, (started) -> started.unwell().problem());
	}

	/** As long ago as there is time to be ready. */
	private Outcome.Started start(Order order) {
		Start start = new Start(this.lab.scene(order, this.pod), List.of(this.pod), Instant.now().minusSeconds(5));
		start.run();
		return start.seen().get(this.pod);
	}

}

package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What log and history are compared by, which are read one after the other. */
class CountedTest {

	@ParameterizedTest(name = "{0} between 4 and 6 is taken as {1}")
	@CsvSource({ "3, 4", "4, 4", "5, 5", "6, 6", "9, 6" })
	void whatCameWhileTheHistoryWasReadMayBeInIt(int history, int byLog) {
		Counted counted = counted(Instant.EPOCH, Map.of(Kind.LIVENESS, history));

		assertThat(counted.byLog()).containsEntry(Kind.LIVENESS, byLog).containsEntry(Kind.READINESS, 0);
		assertThat(counted.byHistory()).containsEntry(Kind.LIVENESS, history);
	}

	@Test
	void aHistoryThatDidNotAnswerCountsNothing() {
		assertThat(counted(Instant.EPOCH, Map.of())).returns(Map.of(), Counted::byHistory)
			.returns(4, (counted) -> counted.byLog().get(Kind.LIVENESS));
	}

	@Test
	void itIsNotOverBeforeItBegan() {
		assertThat(counted(Instant.EPOCH, Map.of()).until()).isEqualTo(Instant.ofEpochSecond(4));
		assertThat(counted(Instant.ofEpochSecond(9), Map.of()).until()).isEqualTo(Instant.ofEpochSecond(9));
	}

	private static Counted counted(Instant enforced, Map<Kind, Integer> byHistory) {
		return Counted.of(Mechanism.HTTP_GET, enforced, log(4), byHistory, log(6));
	}

	private static ProbeLog log(int probes) {
		List<LogLine> lines = IntStream.rangeClosed(1, probes)
			.mapToObj((second) -> new LogLine(Instant.ofEpochSecond(second), "10.42.0.1", "GET /", 200, "node",
					"liveness", false))
			.toList();
		return new ProbeLog(lines, "10.42.0.9");
	}

}

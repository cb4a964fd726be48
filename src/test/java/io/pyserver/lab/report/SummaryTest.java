package io.pyserver.lab.report;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.Finding.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first sentence of a report is true for every run. A sample cell has ten probes, and
 * five controls that policies decide, each with an attempt before, under and after them.
 */
class SummaryTest {

	@ParameterizedTest
	@CsvSource({ "59, 59 s", "60, 1 min 0 s", "5400, 90 min 0 s" })
	void aTimeBelowAMinuteIsInSeconds(int seconds, String text) {
		assertThat(Summary.minutes(Duration.ofSeconds(seconds))).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			survives LIVENESS, survives READINESS        | Probes survive default-deny
			survives BASELINE, survives LIVENESS         | Probes survive default-deny
			inconclusive BASELINE, survives LIVENESS     | What default-deny does to probes is not known in every cell
			inconclusive LIVENESS, survives READINESS    | What default-deny does to probes is not known in every cell
			inconclusive LIVENESS, survives BASELINE     | What default-deny does to probes is not known
			broken BASELINE, survives LIVENESS           | Probes break even without a policy
			broken BASELINE, not-enforced LIVENESS       | Probes break even without a policy
			broken BASELINE                              | Probes break even without a policy
			broken BASELINE, broken LIVENESS             | Probes break under default-deny
			broken LIVENESS                              | Probes break under default-deny
			survives LIVENESS on a, broken LIVENESS on b | Probes break under default-deny
			survives LIVENESS, broken READINESS          | Some probes break under default-deny
			broken LIVENESS, not-enforced READINESS      | Some probes break under default-deny
			not-enforced BASELINE, survives LIVENESS     | Policies were not shown to be enforced in every cell
			survives LIVENESS, not-enforced READINESS    | Policies were not shown to be enforced in every cell
			not-enforced LIVENESS                        | Policies were not enforced, so nothing is known of probes
			inconclusive BASELINE                        | No policy was tested
			survives BASELINE                            | No policy was tested
			                                             | No policy was tested
			""")
	void theClaimFollowsFromTheWorstVerdict(@Nullable String cells, String claim) {
		assertThat(new Summary(SampleRun.of(cells)).claim())
			.isEqualTo(claim + " on k3d-foo (Kubernetes v1.34.4, Cilium)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					survives LIVENESS, survives READINESS | 2 of 2 cells surviving; 20 probes succeeded under enforced policies; \
					30 of 30 control connections as expected, in 3 min 10 s
					broken BASELINE, survives LIVENESS | 1 of 1 cell surviving; without any policy, probes arrive in 0 of 1 baseline \
					cell; 10 probes succeeded under enforced policies; 30 of 30 control connections as expected, in 3 min 10 s
					survives BASELINE | without any policy, probes arrive in 1 of 1 baseline cell; \
					15 of 15 control connections as expected, in 3 min 10 s
					not-enforced LIVENESS | 1 of 1 cell not enforced; 10 of 15 control connections as expected, in 3 min 10 s
					survives LIVENESS on a, broken LIVENESS on b | 1 of 1 cell broken; only on node b of 2; \
					20 probes succeeded under enforced policies; 30 of 30 control connections as expected, in 3 min 10 s
					survives deny-egress/startup, inconclusive LIVENESS, not-enforced READINESS, broken allow-peer/exec \
					| 1 of 4 cells broken, 1 not enforced, 1 inconclusive, 1 surviving; \
					30 probes succeeded under enforced policies; 40 of 45 control connections as expected, in 3 min 10 s
					# the cells of one pod share its controls
					survives LIVENESS, survives deny-both/httpGet/readiness/pod-first | 2 of 2 cells surviving; \
					20 probes succeeded under enforced policies; 15 of 15 control connections as expected, in 3 min 10 s
					| no control connection tried, in 3 min 10 s
					""")
	void theEvidenceIsCounted(@Nullable String cells, String evidence) {
		assertThat(new Summary(SampleRun.of(cells)).evidence()).isEqualTo(evidence);
	}

	@Test
	void theSummarySaysThatProbesSurviveOnlyIfEveryCellSurvives() {
		for (Verdict first : Verdict.values()) {
			for (Verdict second : Verdict.values()) {
				for (Verdict baseline : Verdict.values()) {
					boolean survive = EnumSet.of(first, second, baseline).equals(EnumSet.of(Verdict.SURVIVES));
					LabRun run = SampleRun.of("%s LIVENESS, %s READINESS, %s BASELINE".formatted(first.label(),
							second.label(), baseline.label()));
					assertThat(new Summary(run).claim().contains("surviv")).as(run.summary()).isEqualTo(survive);
				}
			}
		}
	}

	@Test
	void theSummarySaysThatTheEngineIsUnknown() {
		assertThat(SampleRun.of("k3s", "unknown", List.of()).summary())
			.isEqualTo("No policy was tested on k3s (Kubernetes v1.34.4, policy engine unknown): "
					+ "no control connection tried, in 3 min 10 s.");
	}

	/** Not if all nodes or none differ, if a node is not known, and for the baseline. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			survives LIVENESS on a, broken LIVENESS on b, survives LIVENESS on c            | only on node b of 3
			survives READINESS on a, broken LIVENESS on a, survives LIVENESS on b           | only on node a of 2
			not-enforced LIVENESS on c, survives LIVENESS on b, broken LIVENESS on a        | only on nodes a, c of 3
			broken LIVENESS on a, broken LIVENESS on b                                      |
			survives LIVENESS on a, survives LIVENESS on b                                  |
			broken LIVENESS on a                                                            |
			                                                                                |
			survives LIVENESS on a, broken LIVENESS on b, inconclusive READINESS            |
			broken LIVENESS on a, survives BASELINE on b                                    |
			survives LIVENESS on a, survives LIVENESS on b, broken BASELINE on b            |
			""")
	void onlyNodesOnWhichProbesDoNotSurviveAreNamed(@Nullable String cells, @Nullable String apart) {
		assertThat(new Summary(SampleRun.of(cells)).nodesApart().orElse(null)).isEqualTo(apart);
	}

}

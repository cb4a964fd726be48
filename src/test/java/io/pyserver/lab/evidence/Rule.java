package io.pyserver.lab.evidence;

import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** An observation, the verdict that follows from it, and a part of the reason. */
record Rule(String name, SampleObservation observation, Verdict verdict, String reason) {

	/**
	 * One in which nothing is amiss but one thing.
	 * @param cell which one it is of, as {@link Selection} names it
	 */
	static Rule rule(String name, String cell, Consumer<SampleObservation> amiss, Verdict verdict, String reason) {
		SampleObservation observation = SampleObservation.of(cell);
		amiss.accept(observation);
		return new Rule(name, observation, verdict, reason);
	}

	void assertHolds() {
		Finding finding = Finding.of(this.observation.build());
		assertThat(finding.verdict()).as("%s", finding.because()).isEqualTo(this.verdict);
		assertThat(finding.because()).anyMatch((because) -> because.contains(this.reason));
	}

	@Override
	public String toString() {
		return this.name;
	}

}

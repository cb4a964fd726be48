package io.pyserver.lab.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * All that was seen of a cell, whose pod an experiment watched.
 *
 * @param cell which question of the matrix it answers
 * @param subject the pod under test
 * @param controls each control that the cluster allows to be tried
 * @param probes the probes of the cell's kind
 * @param harm what happened to the pod with nothing broken on purpose
 * @param causality null where the experiment did not get that far
 * @param marks in the order of time
 * @param problem why the experiment ended early, in one line, or null
 */
public record Observation(@JsonUnwrapped Cell cell, @Nullable Subject subject, List<ControlEvidence> controls,
		@Nullable ProbeEvidence probes, Harm harm, @Nullable Causality causality, List<Mark> marks,
		@Nullable String problem) {

	public Observation {
		controls = List.copyOf(controls);
		marks = List.copyOf(marks);
	}

	/**
	 * What each control has to show in the phase during; before and after, the last
	 * attempt of those that policies decide has to be open.
	 */
	@JsonProperty
	public Map<Control, Expectation> expected() {
		return Arrays.stream(Control.values())
			.collect(Collectors.toMap(Function.identity(),
					(control) -> Expectation.of(control, this.cell.policy(), Phase.DURING), (one, _) -> one,
					TreeMap::new));
	}

	/** Where the probes in the log that came under enforced policies came from. */
	@JsonProperty
	public List<ProbeSource> sources() {
		return (this.probes != null) ? bySource(this.probes.enforced()) : List.of();
	}

	/** Where some probes came from, by address. */
	public List<ProbeSource> bySource(List<SeenProbe> probes) {
		return probes.stream()
			.collect(Collectors.groupingBy(SeenProbe::source, TreeMap::new, Collectors.toList()))
			.values()
			.stream()
			.map((from) -> new ProbeSource(from.getFirst().source(), origin(from.getFirst()), from.size()))
			.toList();
	}

	/** Where a probe came from. */
	public Origin origin(SeenProbe probe) {
		return Origin.of(probe, (this.subject != null) ? this.subject.nodeAddresses() : null);
	}

	/** Whether the kubelet's probes cannot come from where this one came from. */
	public boolean isForeign(SeenProbe probe) {
		return origin(probe).isForeignTo(this.cell.mechanism());
	}

	/** The controls that show whether policies are enforced. */
	List<ControlEvidence> decided() {
		return this.controls.stream().filter((control) -> control.control().isDecidedByPolicies()).toList();
	}

	/**
	 * An address that probes came from.
	 *
	 * @param address the address
	 * @param origin whose it is
	 * @param count how many came from it
	 */
	public record ProbeSource(String address, Origin origin, int count) {
	}

}

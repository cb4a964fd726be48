package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Control.ControlEvidence;
import io.pyserver.lab.evidence.Control.Expectation;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.ProbeEvidence.Origin;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * What an experiment observed of a cell.
 *
 * @param cell the question of the matrix
 * @param subject the pod under test, or null if there was none
 * @param controls each control that the cluster allows to be tried
 * @param probes the probes of the cell's kind, or null if the experiment ended before the
 * policies were shown to be enforced
 * @param harm what happened to the pod while nothing was broken on purpose
 * @param causality what happened when the probe was broken on purpose, or null if the
 * experiment ended before that
 * @param marks the steps of the experiment, in the order of time
 * @param problem why the experiment ended early, in one line, or null
 */
public record Observation(@JsonUnwrapped Cell cell, @Nullable Subject subject, List<ControlEvidence> controls,
		@Nullable ProbeEvidence probes, Harm harm, @Nullable Causality causality, List<Mark> marks,
		@Nullable String problem) {

	public Observation {
		marks = List.copyOf(marks);
	}

	/**
	 * What each control has to show in the phase during. In the phases before and after,
	 * the last attempt has to be open if policies decide the control.
	 */
	@JsonProperty
	public Map<Control, Expectation> expected() {
		Map<Control, Expectation> expected = new EnumMap<>(Control.class);
		for (Control control : Control.values()) {
			expected.put(control, Expectation.of(control, this.cell.policy(), Phase.DURING));
		}
		return expected;
	}

	/** The source addresses of the probes in the log under enforced policies. */
	@JsonProperty
	public List<ProbeSource> sources() {
		return (this.probes != null) ? bySource(this.probes.enforced()) : List.of();
	}

	/** The addresses that some probes came from. */
	public List<ProbeSource> bySource(List<SeenProbe> probes) {
		return probes.stream()
			.collect(Collectors.groupingBy(SeenProbe::source, TreeMap::new, Collectors.toList()))
			.values()
			.stream()
			.map((from) -> new ProbeSource(from.getFirst().source(), origin(from.getFirst()), from.size()))
			.toList();
	}

	private Origin origin(SeenProbe probe) {
		return Origin.of(probe, (this.subject != null) ? this.subject.nodeAddresses() : Set.of());
	}

	/** Whether this probe cannot be the kubelet's, because of its address. */
	public boolean isForeign(SeenProbe probe) {
		return origin(probe).isForeignTo(this.cell.mechanism());
	}

	/** The controls that show whether policies are enforced. */
	List<ControlEvidence> decided() {
		return this.controls.stream().filter((control) -> control.control().isDecidedByPolicies()).toList();
	}

	/**
	 * The pod under test.
	 *
	 * @param namespace the pod's namespace
	 * @param pod the pod's name
	 * @param node the name of its node
	 * @param nodeAddresses every address of its node
	 * @param image the image that runs, as the kubelet reports it; empty if none ran
	 * @param expectedImage the image under test, or null if its digests are not known
	 * @param probed whether the running pod has a probe of the cell's kind and mechanism
	 * @param created when the API server created the pod
	 * @param policyCreated when the API server created the last of the policies, or null
	 * without policies
	 */
	public record Subject(String namespace, String pod, String node, Set<String> nodeAddresses, String image,
			@Nullable ImageIdentity expectedImage, boolean probed, Instant created, @Nullable Instant policyCreated) {

		public Subject {
			nodeAddresses = Collections.unmodifiableSet(new TreeSet<>(nodeAddresses));
		}

	}

	/**
	 * The digests of the image under test. A container's {@code imageID} ends with the
	 * digest of the image's configuration or of its manifest. A name may come before the
	 * digest. The container runtime decides this, and k3s changed it in December 2025
	 * (k3s#13221).
	 *
	 * @param configuration the digest of its configuration, such as {@code sha256:2c26…}
	 * @param manifests the digests of its manifests on the nodes: an import creates a
	 * manifest that only the node knows
	 */
	public record ImageIdentity(String configuration, Set<String> manifests) {

		private static final String ALGORITHM = "sha256:";

		public ImageIdentity {
			manifests = Collections.unmodifiableSet(new TreeSet<>(manifests));
		}

		/**
		 * Whether an image ID names this image.
		 * @param imageId as the kubelet reports it
		 */
		public boolean isNamedBy(String imageId) {
			String digest = imageId.substring(Math.max(0, imageId.lastIndexOf(ALGORITHM)));
			return digest.equals(this.configuration) || this.manifests.contains(digest);
		}

		/** All its digests, that of the configuration first. */
		@Override
		public String toString() {
			return this.configuration + String.join("", this.manifests.stream().map(" or "::concat).toList());
		}

	}

	/**
	 * What happened to the pod under the policies while nothing was broken on purpose.
	 * Counts, restarts for failed probes, and a pod that the kubelet does not find ready
	 * decide a verdict. The rest explains the verdict.
	 *
	 * @param restarts the restarts of its container
	 * @param outOfService how long the pod was not ready under the policies, without
	 * restarts
	 * @param said messages of {@code Unhealthy} events of the cell's kind, without
	 * repetition
	 * @param unready the probe that fails, or null if the kubelet finds the pod ready or
	 * the pod's log does not say that it listens
	 */
	public record Harm(List<Restart> restarts, @JsonProperty("outOfServiceMs") Duration outOfService, List<String> said,
			@Nullable Unready unready) {

		public static final Harm NONE = new Harm(List.of(), Duration.ZERO, List.of(), null);

		public Harm {
			restarts = List.copyOf(restarts);
		}

	}

	/**
	 * A restart of the container while nothing was broken on purpose.
	 *
	 * @param ended when its process ended, by the node's clock
	 * @param again when the lab saw it run again, by the lab's clock
	 * @param ready when it was ready again, by the lab's clock, or null if it was not
	 * @param reason as the kubelet reports it, such as {@code OOMKilled}
	 * @param byProbe whether failed probes caused it
	 */
	public record Restart(Instant ended, Instant again, @Nullable Instant ready, String reason, boolean byProbe) {
	}

	/**
	 * A pod that listens, and that the kubelet does not find ready.
	 *
	 * @param kind the kind of probe that fails
	 * @param failed how many probes failed since the pod listens; none succeeded
	 * @param since when the first of them was counted
	 * @param said what the kubelet reported, without repetition
	 */
	public record Unready(Kind kind, long failed, Instant since, List<String> said) {
	}

	/**
	 * Whether the kubelet acts on this probe. The lab makes the probe fail to find out.
	 *
	 * @param broken what the lab did, in words
	 * @param expected what had to follow, in words
	 * @param followed whether it followed
	 * @param bystanders other pods to which the same happened; there must be none
	 * @param events what the kubelet reported
	 */
	public record Causality(String broken, String expected, boolean followed, List<String> bystanders,
			List<String> events) {
	}

	/**
	 * A step of the experiment.
	 *
	 * @param at by the lab's clock
	 * @param what what happened
	 */
	public record Mark(Instant at, What what) {

		/** What happened. */
		public enum What implements Label {

			/** The pod was ready. */
			READY,
			/** The lab began to apply the policies. */
			POLICY_APPLIED,
			/** The controls showed that the policies are enforced. */
			ENFORCED,
			/** The lab broke the probe on purpose. */
			BROKEN,
			/** The container was restarted. */
			RESTARTED,
			/** The lab removed the policies. */
			POLICY_REMOVED

		}

	}

	/**
	 * An address that probes came from.
	 *
	 * @param address the address
	 * @param origin whose address it is
	 * @param count the number of probes from it
	 */
	public record ProbeSource(String address, Origin origin, int count) {
	}

}

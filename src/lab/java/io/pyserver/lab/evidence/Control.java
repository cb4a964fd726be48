package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.pyserver.lab.evidence.Cell.Policy;

/**
 * A connection that shows whether policies are enforced. Each attempt is a new
 * connection: open before the policies, open or blocked under them, open after them.
 */
public enum Control implements Label {

	/** From one pod of the workload to another: each default-deny policy forbids it. */
	POD_TO_POD(true, true),
	/**
	 * From a pod in a namespace without policies: only default-deny-ingress forbids it.
	 */
	OUTSIDER_TO_POD(true, false),
	/** From a pod with the label that {@link Policy#ALLOW_PEER} allows. */
	LABELLED_PEER_TO_POD(true, false),
	/** To a pod in a namespace without policies: only default-deny-egress forbids it. */
	POD_TO_OUTSIDER(false, true),
	/**
	 * To the Service of the API server: default-deny-egress forbids it. Some engines do
	 * not block pods on the node of the API server.
	 */
	POD_TO_API_SERVER(false, true),
	/** From a node that the pod does not run on: only default-deny-ingress forbids it. */
	OTHER_NODE_TO_POD(true, false),
	/** From the pod's own node: no policy forbids it. */
	OWN_NODE_TO_POD(false, false),
	/**
	 * An echo request from pod to pod. Not every engine decides it by policies:
	 * kube-router allows it since 2.6.0.
	 */
	POD_TO_POD_PING(true, true);

	private final boolean ingress;

	private final boolean egress;

	Control(boolean ingress, boolean egress) {
		this.ingress = ingress;
		this.egress = egress;
	}

	/**
	 * Whether every engine that enforces policies decides this connection by them.
	 * Engines differ in what they do between a pod and processes of its own node, and
	 * with a ping. The lab observes these connections and waits for none of them.
	 */
	public boolean isDecidedByPolicies() {
		return switch (this) {
			case POD_TO_POD, OUTSIDER_TO_POD, LABELLED_PEER_TO_POD, POD_TO_OUTSIDER, OTHER_NODE_TO_POD -> true;
			case POD_TO_API_SERVER, OWN_NODE_TO_POD, POD_TO_POD_PING -> false;
		};
	}

	/** Whether a policy allows it. */
	public boolean openUnder(Policy policy) {
		if (this == LABELLED_PEER_TO_POD && policy == Policy.ALLOW_PEER) {
			return true;
		}
		return !(this.ingress && policy.deniesIngress()) && !(this.egress && policy.deniesEgress());
	}

	/**
	 * What a control has to show in a phase. The lab uses this rule to wait, to decide
	 * whether policies are enforced, and to mark exceptions in the report.
	 */
	public enum Expectation implements Label {

		/** The connection is reached. */
		OPEN,
		/** The connection is refused or times out. */
		BLOCKED,
		/**
		 * Any result. The engine is still applying policies, or not every engine decides
		 * this control by policies.
		 */
		EITHER;

		/** What the last attempt of a phase has to show. */
		public static Expectation of(Control control, Policy policy, Phase phase) {
			if (!control.isDecidedByPolicies()) {
				return EITHER;
			}
			return switch (phase) {
				case BEFORE, AFTER -> OPEN;
				case SETTLING -> EITHER;
				case DURING -> control.openUnder(policy) ? OPEN : BLOCKED;
			};
		}

		/**
		 * Whether each control of a round shows what it has to show.
		 * @param phase the phase; in the phase settling, the round has to show
		 * enforcement
		 */
		public static boolean areMet(Map<Control, Reach> round, Policy policy, Phase phase) {
			Phase settled = (phase == Phase.SETTLING) ? Phase.DURING : phase;
			return round.entrySet()
				.stream()
				.allMatch((tried) -> of(tried.getKey(), policy, settled).metBy(tried.getValue()));
		}

		/** Whether an attempt that ended like this is as expected. */
		public boolean metBy(Reach reach) {
			return switch (this) {
				case OPEN -> reach == Reach.REACHED;
				case BLOCKED -> reach.blocked();
				case EITHER -> true;
			};
		}

	}

	/**
	 * What a control showed.
	 *
	 * @param control the connection
	 * @param attempts all attempts, in the order of time
	 */
	public record ControlEvidence(Control control, List<Attempt> attempts) {

		public ControlEvidence {
			attempts = List.copyOf(attempts);
		}

		/** The last result of a phase, or empty if the control was not tried in it. */
		public Optional<Reach> last(Phase phase) {
			return this.attempts.stream()
				.filter((attempt) -> attempt.phase() == phase)
				.map(Attempt::reach)
				.reduce((_, latest) -> latest);
		}

		/**
		 * What an attempt has to show. Before and after the policies, a network may need
		 * several attempts until it is open, so only the last one counts.
		 */
		public Expectation expected(Attempt attempt, Policy policy) {
			boolean early = attempt.phase() != Phase.DURING && this.attempts.stream()
				.anyMatch((other) -> other.phase() == attempt.phase() && other.at().isAfter(attempt.at()));
			return early ? Expectation.EITHER : Expectation.of(this.control, policy, attempt.phase());
		}

		public boolean isAsExpected(Attempt attempt, Policy policy) {
			return expected(attempt, policy).metBy(attempt.reach());
		}

	}

	/**
	 * One attempt of a control.
	 *
	 * @param phase the part of the experiment
	 * @param at when the attempt ended, by the lab's clock
	 * @param reach how it ended
	 */
	public record Attempt(Phase phase, Instant at, Reach reach) {
	}

	/** The part of the experiment in which a control was tried. */
	public enum Phase implements Label {

		/** Before any policy. */
		BEFORE,
		/** The policies are applied, and the controls have not shown enforcement yet. */
		SETTLING,
		/** The controls have shown enforcement. */
		DURING,
		/** The policies are removed. */
		AFTER

	}

	/**
	 * How an attempt ended. A blocked connection is refused or times out, depending on
	 * the engine.
	 */
	public enum Reach implements Label {

		/** An answer came. */
		REACHED,
		/** Rejected at once, for example by kube-router. */
		REFUSED,
		/** Connected and then closed without an answer: neither open nor blocked. */
		BROKEN_OFF,
		/** No answer came in time, for example with Cilium and Calico. */
		TIMED_OUT;

		public boolean blocked() {
			return this == REFUSED || this == TIMED_OUT;
		}

	}

}

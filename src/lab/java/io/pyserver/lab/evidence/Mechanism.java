package io.pyserver.lab.evidence;

/** How the kubelet probes, by the name of the field in a probe. */
public enum Mechanism implements Label {

	/** An HTTP request from the node. */
	HTTP_GET("httpGet"),

	/** A connection from the node, and no request. */
	TCP_SOCKET("tcpSocket"),

	/** A process inside the pod, started by the container runtime. */
	EXEC("exec"),

	/** A call of {@code grpc.health.v1} from the node. */
	GRPC("grpc");

	private final String label;

	Mechanism(String label) {
		this.label = label;
	}

	/** The field's name. */
	@Override
	public String label() {
		return this.label;
	}

	/** Whether the probe crosses the pod's network, where policies are. */
	public boolean crossesTheNetwork() {
		return this != EXEC;
	}

}

package io.pyserver;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.pyserver.board.EgressTarget;
import io.pyserver.probe.AddressRange;
import io.pyserver.tcp.TcpPorts;

/**
 * All properties of the service's own. As an environment variable, {@code grpc-health} is
 * {@code PYSERVER_GRPC_HEALTH}. They are read at each start and asked for with no
 * condition: those are settled when the image is built.
 *
 * @param nodeIps addresses and ranges that this pod's node calls from, beside those that
 * are found by themselves; with a comma between them
 * @param podCidrs ranges that pods call from, likewise
 * @param grpcHealth whether to answer gRPC health checks, on the port of everything else
 * @param tcpProbes a port for the tcpSocket probe of each kind that is named, as
 * liveness=9101,readiness=9102,startup=9103
 * @param prometheus whether anyone who can reach the pod may read /actuator/prometheus,
 * and not only loopback
 * @param board what the board shows beside what it sees
 * @param log what is written to standard output
 * @param aotCache where the AOT cache is; set beside the JVM's own option
 */
@ConfigurationProperties("pyserver")
public record PyserverProperties(@DefaultValue List<AddressRange> nodeIps, @DefaultValue List<AddressRange> podCidrs,
		@DefaultValue("false") boolean grpcHealth, @DefaultValue("") TcpPorts tcpProbes,
		@DefaultValue("false") boolean prometheus, @DefaultValue Board board, @DefaultValue Log log,
		@Nullable String aotCache) {

	/**
	 * Standard output.
	 *
	 * @param format werkzeug, for a person at a terminal, or json, for Google Cloud
	 * Logging
	 * @param requests whether each request has its line
	 * @param project the Google Cloud project that a request's trace is kept in
	 */
	public record Log(@DefaultValue("werkzeug") Format format, @DefaultValue("true") boolean requests,
			@DefaultValue("") String project) {

		/** The forms that a line can have. */
		public enum Format {

			WERKZEUG, JSON

		}

	}

	/**
	 * The board.
	 *
	 * @param targets where it tries to get out to, beside the API server: addresses with
	 * a port each, and a comma between them
	 * @param node the name of this pod's node, from the downward API
	 * @param failureThreshold the manifest's, of both probes: how many failures in a row
	 * the kubelet waits for
	 * @param timeoutSeconds the manifest's, of both probes: how long the kubelet waits
	 * for an answer
	 */
	public record Board(@DefaultValue List<EgressTarget> targets, @DefaultValue("") String node,
			@Nullable Integer failureThreshold, @Nullable Integer timeoutSeconds) {
	}

}

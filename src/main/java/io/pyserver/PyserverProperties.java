package io.pyserver;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.pyserver.board.EgressTarget;
import io.pyserver.probe.AddressRange;
import io.pyserver.tcp.TcpPorts;

/**
 * The service's own properties. The environment variable of {@code grpc-health} is {@code
 * PYSERVER_GRPC_HEALTH}. They are read at each start. No bean condition depends on them,
 * because conditions are evaluated when the image is built.
 *
 * @param nodeIps addresses and ranges of this pod's node, in addition to the detected
 * ones, separated by commas
 * @param podCidrs address ranges of pods, separated by commas
 * @param grpcHealth whether the HTTP port also answers gRPC health checks
 * @param tcpProbes a port for the tcpSocket probe of each kind, such as
 * liveness=9101,readiness=9102,startup=9103
 * @param prometheus whether the HTTP port also serves /actuator/prometheus
 * @param board settings of the board
 * @param log settings of standard output
 * @param aotCache the path of the AOT cache, set together with the JVM option
 */
@ConfigurationProperties("pyserver")
public record PyserverProperties(@DefaultValue List<AddressRange> nodeIps, @DefaultValue List<AddressRange> podCidrs,
		@DefaultValue("false") boolean grpcHealth, @DefaultValue("") TcpPorts tcpProbes,
		@DefaultValue("false") boolean prometheus, @DefaultValue Board board, @DefaultValue Log log,
		@Nullable String aotCache) {

	/**
	 * Settings of standard output.
	 *
	 * @param format werkzeug for a terminal, json for Google Cloud Logging
	 * @param requests whether each request is logged
	 * @param project the Google Cloud project that stores the traces of requests
	 */
	public record Log(@DefaultValue("werkzeug") Format format, @DefaultValue("true") boolean requests,
			@DefaultValue("") String project) {

		public enum Format {

			WERKZEUG, JSON

		}

	}

	/**
	 * Settings of the board.
	 *
	 * @param targets connection targets in addition to the API server: IP addresses with
	 * a port each, separated by commas
	 * @param node the name of this pod's node, from the downward API
	 * @param failureThreshold the failureThreshold of both probes in the manifest
	 * @param timeoutSeconds the timeoutSeconds of both probes in the manifest
	 */
	public record Board(@DefaultValue List<EgressTarget> targets, @DefaultValue("") String node,
			@Nullable Integer failureThreshold, @Nullable Integer timeoutSeconds) {
	}

}

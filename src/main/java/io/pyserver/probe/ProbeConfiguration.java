package io.pyserver.probe;

import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.apache.catalina.util.NetMask;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pyserver.PyserverProperties;
import io.pyserver.probe.NodeRanges.Reason;

/**
 * Collects the address ranges of the node and of pods. The node's are from properties and
 * from the pod's routes. Those of pods are from a property.
 */
@Configuration(proxyBeanMethods = false)
class ProbeConfiguration {

	/** GKE's Dataplane V2 and others send probes from this range. */
	private static final String LINK_LOCAL = "169.254.0.0/16";

	@Bean
	NodeRanges nodeRanges(PyserverProperties properties) {
		Map<Reason, List<NetMask>> byReason = new EnumMap<>(Reason.class);
		byReason.put(Reason.CONFIGURED, masks(properties.nodeIps()));
		byReason.put(Reason.LINK_LOCAL, masks(List.of(AddressRange.of(LINK_LOCAL))));
		byReason.put(Reason.GATEWAY, masks(
				DefaultGateways.current().stream().map(InetAddress::getHostAddress).map(AddressRange::of).toList()));
		return new NodeRanges(byReason);
	}

	@Bean
	CallerResolver callerResolver(NodeRanges nodeRanges, PyserverProperties properties) {
		return new CallerResolver(nodeRanges.all(), masks(properties.podCidrs()));
	}

	/** Waits for the period of the shipped probes, 5 s, and one second more. */
	@Bean
	StopAfterProbe stopAfterProbe(ProbeHistory history) {
		return new StopAfterProbe(history, Duration.ofSeconds(6));
	}

	private static List<NetMask> masks(List<AddressRange> ranges) {
		return ranges.stream().map(AddressRange::mask).toList();
	}

}

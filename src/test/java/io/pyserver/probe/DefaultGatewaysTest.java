package io.pyserver.probe;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The routing tables of pods, as their kernels printed them.
 */
class DefaultGatewaysTest {

	private static final String HEADER = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

	@Test
	void theGatewayIsFlannelsBridge() {
		assertThat(ipv4("eth0\t00000000\t01012A0A\t0003\t0\t0\t0\t00000000\t0\t0\t0",
				"eth0\t00012A0A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
				"eth0\t00002A0A\t01012A0A\t0003\t0\t0\t0\t0000FFFF\t0\t0\t0"))
			.containsExactly(InetAddress.ofLiteral("10.42.1.1"));
	}

	@Test
	void theGatewayIsCiliumsRouter() {
		assertThat(ipv4("eth0\t00000000\tB501000A\t0003\t0\t0\t0\t00000000\t0\t0\t0",
				"eth0\tB501000A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0"))
			.containsExactly(InetAddress.ofLiteral("10.0.1.181"));
	}

	@Test
	void aRouteToHalfOfAllAddressesIsNoDefaultRoute() {
		assertThat(ipv4("tun0\t00000000\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0")).isEmpty();
	}

	@Test
	void theGatewayIsAnIpv6Address() {
		String any = "0".repeat(32);
		assertThat(DefaultGateways.of(List.of(),
				List.of(any + " 00 " + any
						+ " 00 fd000042000000000000000000000001 00000400 00000001 00000000 00000003     eth0",
						"fd000042000000000000000000000000 40 " + any + " 00 " + any
								+ " 00000100 00000001 00000000 00000001     eth0",
						any + " 00 " + any + " 00 " + any + " ffffffff 00000001 00000000 00200200       lo")))
			.containsExactly(InetAddress.ofLiteral("fd00:42::1"));
	}

	@Test
	void withoutRoutesThereIsNoGateway() {
		assertThat(ipv4()).isEmpty();
		assertThat(DefaultGateways.of(List.of(), List.of())).isEmpty();
	}

	private static List<InetAddress> ipv4(String... routes) {
		return DefaultGateways
			.of(java.util.stream.Stream.concat(java.util.stream.Stream.of(HEADER), java.util.stream.Stream.of(routes))
				.toList(), List.of());
	}

}

package io.pyserver.probe;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Who calls from which address, and what a request may say of itself.
 */
class CallerResolverTest {

	private final CallerResolver resolver = new CallerResolver(
			List.of(AddressRange.of("172.18.0.3").mask(), AddressRange.of("fd00::3").mask(),
					AddressRange.of("10.42.1.1").mask(), AddressRange.of("169.254.0.0/16").mask()),
			List.of(AddressRange.of("10.42.0.0/16").mask(), AddressRange.of("fd00:42::/56").mask()));

	@ParameterizedTest
	@CsvSource(textBlock = """
			127.0.0.1,            loopback
			127.8.8.8,            loopback
			::1,                  loopback
			::ffff:127.0.0.1,     loopback
			172.18.0.3,           node
			::ffff:172.18.0.3,    node
			fd00::3,              node
			fd00:0:0:0:0:0:0:3%2, node
			10.42.1.1,            node
			169.254.169.252,      node
			10.42.1.2,            pod
			10.42.0.1,            pod
			fd00:42:0:ff::9,      pod
			fd00:42:0:100::9,     other
			172.18.0.4,           other
			10.43.0.1,            other
			169.255.0.1,          other
			128.0.0.1,            other
			,                     other
			""")
	void theAddressDeterminesTheCaller(String address, String caller) {
		assertThat(this.resolver.caller(address).label()).isEqualTo(caller);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			# address,  Probe,     User-Agent,      caller,   probe,     claimed
			10.42.1.1,  liveness,  kube-probe/1.34, node,     liveness,  false
			10.42.1.1,  readiness, anything,        node,     readiness, false
			10.42.1.1,  startup,   ,                node,     startup,   false
			10.42.1.1,  ,          kube-probe/1.34, node,     unknown,   false
			10.42.1.1,  unheard,   kube-probe/1.34, node,     unknown,   false
			10.42.1.1,  unheard,   curl/8,          node,     none,      false
			10.42.1.1,  none,      ,                node,     none,      false
			10.42.1.1,  ,          ,                node,     none,      false
			10.42.1.2,  liveness,  kube-probe/1.34, pod,      none,      true
			10.42.1.2,  readiness, ,                pod,      none,      true
			10.42.1.2,  ,          kube-probe/1.34, pod,      none,      true
			10.42.1.2,  unheard,   curl/8,          pod,      none,      false
			127.0.0.1,  liveness,  ,                loopback, none,      true
			172.18.0.4, ,          kube-probe/1.34, other,    none,      true
			,           liveness,  ,                other,    none,      true
			""")
	void onlyTheNodesClaimIsBelieved(String address, String header, String userAgent, String caller, String probe,
			boolean claimed) {
		Attribution attribution = this.resolver.attribute(address, header, userAgent);

		assertThat(attribution.caller().label()).isEqualTo(caller);
		assertThat(attribution.probe().label()).isEqualTo(probe);
		assertThat(attribution.claimed()).isEqualTo(claimed);
	}

	@Test
	void withoutARangeNoCallerIsAPod() {
		assertThat(new CallerResolver(List.of(), List.of()).caller("10.42.1.2")).isEqualTo(Caller.OTHER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "pods.example", "10.42.0.0/33", "10.42.0.0/-1", "10.42.0.0/", "fd00::/129", "/16",
			"10.42.0.0/16/2" })
	void anInvalidRangeIsNamed(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of(text))
			.withMessage("'" + text + "' is no address range: write it like 10.42.0.0/16 or fd00:42::/56");
	}

}

package io.pyserver.tcp;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.probe.ProbeKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How the ports are written, and what is said of everything else.
 */
class TcpPortsTest {

	@Test
	void aValueHasAPortForEachKind() {
		assertThat(TcpPorts.of("liveness=9101,readiness=9102,startup=65535").byKind())
			.containsExactlyInAnyOrderEntriesOf(
					Map.of(ProbeKind.LIVENESS, 9101, ProbeKind.READINESS, 9102, ProbeKind.STARTUP, 65_535));
		assertThat(TcpPorts.of(" readiness=1 ").byKind()).isEqualTo(Map.of(ProbeKind.READINESS, 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void anEmptyValueHasNoPort(String value) {
		assertThat(TcpPorts.of(value).byKind()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "9101", "liveness", "liveness=", "=9101", "liveness=0", "liveness=-1", "liveness=65536",
			"liveness=99999999999", "liveness=http", "liveness=9101=9102", "liveness:9101",
			"liveness=9101;readiness=9102", "liveness=9101,", ",", "liveness=9101,readiness=9101",
			"liveness=9101,liveness=9102", "Liveness=9101", "unknown=9101", "none=9101", "liveness = 9101",
			"liveness=\u0669\u0661\u0660\u0661" })
	void anInvalidValueIsNamedWithTheRightForm(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> TcpPorts.of(value))
			.withMessageContaining("'" + value + "'")
			.withMessageContaining("liveness=9101,readiness=9102,startup=9103");
	}

}

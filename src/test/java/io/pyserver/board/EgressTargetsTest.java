package io.pyserver.board;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.mock.env.MockEnvironment;

import io.pyserver.PyserverProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Where the board tries to get out to, and what is said of a value that is none.
 */
class EgressTargetsTest {

	@Test
	void theApiServerComesFirst() {
		assertThat(targets("10.43.0.1", "10.43.0.10:53, [fd00::1]:443")).containsExactly(
				"egress-api-server 10.43.0.1:443", "egress-10.43.0.10:53 10.43.0.10:53",
				"egress-[fd00:0:0:0:0:0:0:1]:443 [fd00:0:0:0:0:0:0:1]:443");
	}

	@Test
	void theApiServerMayHaveAnIpv6Address() {
		assertThat(targets("fd00::1", "")).containsExactly("egress-api-server [fd00:0:0:0:0:0:0:1]:443");
	}

	@Test
	void anApiServerWithANameIsNotTried() {
		assertThat(targets("cluster-1.example.com", "")).isEmpty();
	}

	@Test
	void outsideAClusterThereIsNoTarget() {
		assertThat(targets(null, "")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.com:443", "10.0.0.1", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.256:1", "",
			"fd00::1:443", "10.0.0.1:1;10.0.0.2:1" })
	void aWrongValueIsNamedWithTheRightForm(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> EgressTarget.of(value))
			.withMessage("'" + value + "' has to be an address and a port, like 10.43.0.10:53 or [fd00::1]:443");
	}

	@Test
	void nineTargetsAreTooMany() {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> targets(null, "10.0.0.1:1,".repeat(8) + "10.0.0.1:1"))
			.withMessageContaining("pyserver.board.targets");
	}

	private static List<String> targets(@Nullable String apiServer, String value) {
		MockEnvironment environment = new MockEnvironment();
		if (apiServer != null) {
			environment.setProperty("KUBERNETES_SERVICE_HOST", apiServer);
			environment.setProperty("KUBERNETES_SERVICE_PORT", "443");
		}
		environment.setProperty("pyserver.board.targets", value);
		PyserverProperties properties = new Binder(ConfigurationPropertySources.from(environment.getPropertySources()),
				null, ApplicationConversionService.getSharedInstance())
			.bindOrCreate("pyserver", PyserverProperties.class);
		return new EgressTargets(properties, environment).all()
			.stream()
			.map((target) -> target.id() + " " + target.text())
			.toList();
	}

}

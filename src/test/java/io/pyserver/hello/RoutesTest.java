package io.pyserver.hello;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Flask's routing table, seen as a table.
 */
class RoutesTest {

	private final Routes routes = new Routes("pyserver-0");

	@ParameterizedTest
	@CsvSource(textBlock = """
			# path,       GET, HEAD, OPTIONS, POST, other
			/,            200, 200,  200,     405,  405
			/version,     200, 200,  200,     405,  405
			/livez,       200, 200,  200,     405,  405
			/readyz,      200, 200,  200,     405,  405
			/version/,    404, 404,  404,     404,  404
			/Version,     404, 404,  404,     404,  404
			/static/,     404, 404,  404,     404,  404
			/static/a,    404, 404,  200,     405,  405
			/static/a//b, 404, 404,  200,     405,  405
			/static//a,   404, 404,  200,     405,  405
			/static,      404, 404,  404,     404,  404
			""")
	void eachPathAndMethodHasFlasksStatus(String path, int get, int head, int options, int post, int other) {
		assertThat(status("GET", path)).isEqualTo(get);
		assertThat(status("HEAD", path)).isEqualTo(head);
		assertThat(status("OPTIONS", path)).isEqualTo(options);
		assertThat(status("POST", path)).isEqualTo(post);
		assertThat(status("BREW", path)).isEqualTo(other);
	}

	private int status(String method, String path) {
		return this.routes.answer(method, path).status();
	}

}

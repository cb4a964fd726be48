package io.pyserver.lab.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.pyserver.lab.evidence.Reach;

/**
 * One HTTP request over a new connection, by a command-line client.
 *
 * @param reach whether any HTTP answer came, of whatever status
 * @param body the page, where the status was 200
 */
public record Fetch(Reach reach, String body) {

	private static final String SECONDS = "3";

	/** What {@code timeout} ends with, of BusyBox and of coreutils. */
	private static final Set<Integer> TERMINATED = Set.of(143, 124);

	static List<String> curl(String url) {
		return List.of("curl", "--silent", "--show-error", "--max-time", SECONDS, "--fail", url);
	}

	static List<String> wget(String url) {
		return List.of("wget", "-q", "-T", SECONDS, "-O", "-", url);
	}

	/**
	 * For a BusyBox that is linked statically with glibc, whose wget crashes when it is
	 * given a time limit.
	 */
	public static List<String> wgetWithin(String url, String... options) {
		List<String> command = new ArrayList<>(List.of("timeout", SECONDS, "wget", "-q", "-O", "-"));
		command.addAll(List.of(options));
		command.add(url);
		return command;
	}

	public static Fetch byCurl(Output output) {
		return switch (output.exitCode()) {
			case 0 -> new Fetch(Reach.REACHED, output.stdout());
			case 22 -> new Fetch(Reach.REACHED, "");
			case 7 -> new Fetch(Reach.REFUSED, "");
			case 28 -> new Fetch(Reach.TIMED_OUT, "");
			case 52, 56 -> new Fetch(Reach.BROKEN_OFF, "");
			default -> throw new IllegalStateException("curl could not measure: " + output);
		};
	}

	public static Fetch byWget(Output output) {
		if (output.succeeded()) {
			return new Fetch(Reach.REACHED, output.stdout());
		}
		String error = output.stderr();
		if (error.contains("server returned error")) {
			return new Fetch(Reach.REACHED, "");
		}
		if (error.contains("refused") || error.contains("No route to host")) {
			return new Fetch(Reach.REFUSED, "");
		}
		if (error.contains("timed out") || error.contains("unreachable") || TERMINATED.contains(output.exitCode())) {
			return new Fetch(Reach.TIMED_OUT, "");
		}
		if (error.contains("reset by peer") || error.contains("error getting response")) {
			return new Fetch(Reach.BROKEN_OFF, "");
		}
		throw new IllegalStateException("wget could not measure: " + output);
	}

}

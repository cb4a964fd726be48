package io.pyserver.lab.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.pyserver.lab.evidence.Reach;

/**
 * One HTTP request over a new connection, by a command-line client: what it says tells
 * whether any HTTP answer came, of whatever status.
 */
public final class Fetch {

	static final String SECONDS = String.valueOf(Limits.ALL.blocked().toSeconds());

	/** What {@code timeout} ends with, of BusyBox and of coreutils. */
	private static final Set<Integer> TERMINATED = Set.of(143, 124);

	private Fetch() {
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

	public static Reach byCurl(Output output) {
		return switch (output.exitCode()) {
			case 0, 22 -> Reach.REACHED;
			case 7 -> Reach.REFUSED;
			case 28 -> Reach.TIMED_OUT;
			case 52, 56 -> Reach.BROKEN_OFF;
			default -> throw new IllegalStateException("curl could not measure: " + output);
		};
	}

	public static Reach byWget(Output output) {
		String error = output.stderr();
		if (output.succeeded() || error.contains("server returned error")) {
			return Reach.REACHED;
		}
		if (error.contains("refused") || error.contains("No route to host")) {
			return Reach.REFUSED;
		}
		if (error.contains("timed out") || error.contains("unreachable") || TERMINATED.contains(output.exitCode())) {
			return Reach.TIMED_OUT;
		}
		if (error.contains("reset by peer") || error.contains("error getting response")) {
			return Reach.BROKEN_OFF;
		}
		throw new IllegalStateException("wget could not measure: " + output);
	}

}

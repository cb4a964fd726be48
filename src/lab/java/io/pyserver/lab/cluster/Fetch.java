package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.pyserver.lab.evidence.Control.Reach;
import io.pyserver.lab.cluster.Shell.Output;

/**
 * An HTTP request over a new connection by a command-line client. Any HTTP status counts
 * as an answer.
 */
public final class Fetch {

	/**
	 * A shell function {@code fetch SECONDS URL} that prints the page. It uses curl, or
	 * else BusyBox' wget. The variable {@code $client} has the name of that client. The
	 * wget of a BusyBox that is linked statically with glibc crashes if it has a time
	 * limit, so {@code timeout} ends it instead.
	 */
	public static final String FUNCTION = """
			client=$(command -v curl >/dev/null && echo curl || echo wget)
			fetch() {
			  if [ $client = curl ]; then
			    curl --silent --show-error --fail --max-time "$1" "$2"
			  elif command -v timeout >/dev/null; then
			    timeout "$1" wget -q -O - "$2"
			  else
			    wget -q -T "$1" -O - "$2"
			  fi
			}
			""";

	/** The exit codes of {@code timeout} in BusyBox and in coreutils. */
	private static final Set<Integer> TERMINATED = Set.of(143, 124);

	private Fetch() {
	}

	/** A name or an address as the host of a URL; an IPv6 address gets brackets. */
	public static String host(String host) {
		return host.contains(":") ? "[" + host + "]" : host;
	}

	/** The wget command with a time limit in whole seconds. */
	public static List<String> wgetWithin(Duration limit, String url, String... options) {
		List<String> command = new ArrayList<>(
				List.of("timeout", String.valueOf(limit.toSeconds()), "wget", "-q", "-O", "-"));
		command.addAll(List.of(options));
		command.add(url);
		return command;
	}

	/**
	 * How a connection ended.
	 * @param client {@code curl} or {@code wget}
	 * @throws IllegalStateException if the client could not try it
	 */
	public static Reach by(String client, Output output) {
		if (!client.equals("curl")) {
			return byWget(output);
		}
		return switch (output.exitCode()) {
			case 0, 22 -> Reach.REACHED;
			case 7 -> Reach.REFUSED;
			case 28 -> Reach.TIMED_OUT;
			case 52, 56 -> Reach.BROKEN_OFF;
			default -> throw new IllegalStateException("curl could not measure: " + output);
		};
	}

	/**
	 * How a connection of wget ended.
	 * @throws IllegalStateException if wget could not try it
	 */
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

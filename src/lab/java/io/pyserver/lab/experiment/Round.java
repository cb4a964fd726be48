package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Shell.Output;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Control.Reach;

/**
 * One attempt of all controls of some pods, each over a new connection.
 *
 * @param reached how the controls of a pod ended, if all of them were tried
 * @param failures why not all controls of a pod were tried
 */
public record Round(Map<Endpoint, Map<Control, Reach>> reached, Map<Endpoint, String> failures) {

	/** The prefix of an address to ping. */
	private static final String PING = "ping:";

	/**
	 * Prints a line for each attempt: its number, the client, the exit code, the message.
	 */
	private static final String SCRIPT = Fetch.FUNCTION + """
			try() {
			  if [ "${2#ping:}" != "$2" ]; then
			    client=ping
			    said=$(ping -c 1 -W "$3" "${2#ping:}" 2>&1 | tr '\\n' ' ')
			  else
			    said=$(fetch "$3" "$2" 2>&1 >/dev/null)
			  fi
			  echo "$1 $client $? $said"
			}
			i=0
			while [ $# -gt 1 ]; do
			  try $i "$1" "$2" &
			  i=$((i + 1))
			  shift 2
			done
			wait
			""";

	/**
	 * Tries connections side by side, with one command for each shell. A shell that fails
	 * or does not answer delays the others by the limit for a round at most.
	 * @param open which controls are expected to be open
	 */
	static Round of(Stream<Connection> connections, Predicate<Control> open) {
		Round round = new Round(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
		Map<Shell, List<Connection>> byShell = connections.collect(Collectors.groupingBy(Connection::from));
		SideBySide.each(byShell.entrySet(), (from) -> round.tryFrom(from.getKey(), from.getValue(), open));
		round.reached.keySet().removeAll(round.failures.keySet());
		return round;
	}

	private void tryFrom(Shell from, List<Connection> connections, Predicate<Control> open) {
		try {
			List<String> printed = SideBySide
				.within(Limits.ALL.round(), "Trying controls from " + from, () -> from.run(command(connections, open)))
				.stdout()
				.lines()
				.toList();
			Map<Integer, Reach> reaches = read(printed);
			if (reaches.size() != connections.size()) {
				throw new IllegalStateException("Trying %s from %s gave %s"
					.formatted(connections.stream().map(Connection::url).toList(), from, printed));
			}
			reaches.forEach((number, reach) -> {
				Connection tried = connections.get(number);
				this.reached.computeIfAbsent(tried.subject(), (_) -> new ConcurrentHashMap<>())
					.put(tried.control(), reach);
			});
		}
		catch (IllegalStateException ex) {
			connections.forEach((tried) -> this.failures.put(tried.subject(), String.valueOf(ex.getMessage())));
		}
	}

	private static List<String> command(List<Connection> connections, Predicate<Control> open) {
		List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
		for (Connection connection : connections) {
			Duration limit = open.test(connection.control()) ? Limits.ALL.open() : Limits.ALL.blocked();
			command.addAll(List.of(connection.url(), String.valueOf(limit.toSeconds())));
		}
		return command;
	}

	private static Map<Integer, Reach> read(List<String> printed) {
		return printed.stream()
			.map((line) -> line.split(" ", 4))
			.filter((words) -> words.length == 4 && words[0].matches("\\d+") && words[2].matches("\\d+"))
			.collect(Collectors.toMap((words) -> Integer.valueOf(words[0]),
					(words) -> reach(words[1], new Output(Integer.parseInt(words[2]), "", words[3]))));
	}

	/** The message of a pod without the permission to ping names no loss of packets. */
	private static Reach reach(String client, Output output) {
		if (!client.equals("ping")) {
			return Fetch.by(client, output);
		}
		if (output.stderr().contains(" 0% packet loss")) {
			return Reach.REACHED;
		}
		return output.stderr().contains("100% packet loss") ? Reach.TIMED_OUT : Reach.BROKEN_OFF;
	}

	/**
	 * A new connection of a control.
	 *
	 * @param subject the pod that the control is about
	 * @param from where the connection starts
	 * @param url the URL to fetch, or an address to ping
	 */
	record Connection(Control control, Endpoint subject, Shell from, String url) {
	}

	/**
	 * A pod at one end of a control.
	 *
	 * @param node the name of its node
	 * @param shell a shell in the pod
	 * @param companion a shell in another pod under the same policies
	 */
	public record Endpoint(String node, String ip, Shell shell, Shell companion) {

		/** Its page. The query distinguishes a control from a probe in the log. */
		public String url() {
			return "http://" + Fetch.host(this.ip) + "/?control";
		}

		String pingUrl() {
			return PING + this.ip;
		}

	}

}

package io.pyserver.lab.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Reach;

/**
 * Tries several connections at once from one place, each of them new, with what there is:
 * curl, or BusyBox's wget; and an echo request where the address asks for a ping.
 */
record Dial(Shell place, List<Call> calls) {

	/** In front of an address that is to be pinged. */
	static final String PING = "ping:";

	/**
	 * Each line of the result: the attempt's number, the client, its exit code, what it
	 * said.
	 */
	private static final String SCRIPT = """
			try() {
			  if [ "${2#ping:}" != "$2" ]; then
			    client=ping
			    said=$(ping -c 1 -W "$3" "${2#ping:}" 2>&1 | tr '\\n' ' ')
			  elif command -v curl >/dev/null; then
			    client=curl
			    said=$(curl --silent --show-error --max-time "$3" --fail --output /dev/null "$2" 2>&1)
			  elif ! command -v timeout >/dev/null; then
			    client=wget
			    said=$(wget -q -T "$3" -O /dev/null "$2" 2>&1)
			  else
			    client=wget
			    said=$(timeout "$3" wget -q -O /dev/null "$2" 2>&1)
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

	/** What is to be run there. */
	List<String> command() {
		List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
		this.calls.forEach((call) -> command.addAll(List.of(call.url(),
				String.valueOf((call.open() ? Limits.ALL.open() : Limits.ALL.blocked()).toSeconds()))));
		return command;
	}

	/**
	 * How each attempt ended, in the order of the addresses.
	 * @param printed what the command printed
	 */
	List<Reach> read(Stream<String> printed) {
		List<String> lines = printed.toList();
		TreeMap<Integer, Reach> reached = new TreeMap<>();
		lines.stream()
			.map((line) -> line.split(" ", 4))
			.filter((words) -> words.length == 4 && words[0].matches("\\d+") && words[2].matches("\\d+"))
			.forEach((words) -> reached.put(Integer.valueOf(words[0]),
					reach(words[1], new Output(Integer.parseInt(words[2]), "", words[3]))));
		if (reached.size() != this.calls.size()) {
			throw new IllegalStateException("Trying %s from %s gave %s".formatted(this.calls, this.place, lines));
		}
		return List.copyOf(reached.values());
	}

	private static Reach reach(String client, Output output) {
		return switch (client) {
			case "ping" -> ping(output.stderr());
			case "curl" -> Fetch.byCurl(output);
			default -> Fetch.byWget(output);
		};
	}

	/** A pod that may not ping at all says nothing of losses. */
	private static Reach ping(String said) {
		if (said.contains(" 0% packet loss")) {
			return Reach.REACHED;
		}
		return said.contains("100% packet loss") ? Reach.TIMED_OUT : Reach.BROKEN_OFF;
	}

	/** One connection, and whether it is expected to be open. */
	record Call(String url, boolean open) {
	}

}

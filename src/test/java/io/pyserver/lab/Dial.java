package io.pyserver.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.pyserver.lab.evidence.Reach;

/**
 * Tries several connections at once from one place, each of them new, with what there is:
 * curl, or BusyBox's wget.
 */
final class Dial {

	/**
	 * Each line of the result: the attempt's number, the client, its exit code, what it
	 * said.
	 */
	private static final String SCRIPT = """
			try() {
			  if command -v curl >/dev/null; then
			    client=curl
			    said=$(curl --silent --show-error --max-time 3 --fail --output /dev/null "$2" 2>&1)
			  else
			    client=wget
			    said=$(timeout 3 wget -q -O /dev/null "$2" 2>&1)
			  fi
			  echo "$1 $client $? $said"
			}
			i=0
			for url in "$@"; do
			  try $i "$url" &
			  i=$((i + 1))
			done
			wait
			""";

	private Dial() {
	}

	/** How each attempt ended, in the order of the addresses. */
	static List<Reach> from(Shell place, List<String> urls) {
		List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
		command.addAll(urls);
		Output output = place.run(command).orThrow("Trying " + urls);
		TreeMap<Integer, Reach> reached = new TreeMap<>();
		output.stdout()
			.lines()
			.map((line) -> line.split(" ", 4))
			.filter((words) -> words.length == 4 && words[0].matches("\\d+"))
			.forEach((words) -> reached.put(Integer.valueOf(words[0]),
					reach(words[1], new Output(Integer.parseInt(words[2]), "", words[3]))));
		if (reached.size() != urls.size()) {
			throw new IllegalStateException("Trying " + urls + " gave " + output);
		}
		return List.copyOf(reached.values());
	}

	private static Reach reach(String client, Output output) {
		return (client.equals("curl") ? Fetch.byCurl(output) : Fetch.byWget(output)).reach();
	}

}

package io.pyserver.lab.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running {@code kubectl port-forward} to a pod, and a client at its near end.
 *
 * @param shell where both run
 * @param process the forward's process
 * @param port the near end
 */
public record PortForward(Shell shell, String process, int port) implements AutoCloseable {

	/** The first answer at a quarter of a core takes seconds. */
	private static final String CURL = "curl --silent --max-time 60";

	private static final String WGET = "wget -q -T 60 -O -";

	public static PortForward to(Kubectl kubectl, Pod pod) {
		int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
		List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" >/dev/null 2>&1 & echo $!", "sh"));
		command.addAll(kubectl.command());
		command.addAll(List.of("port-forward", "-n", pod.namespace(), "pod/" + pod.name(), port + ":80"));
		String process = kubectl.shell().run(command).orThrow("kubectl port-forward").stdout().strip();
		return new PortForward(kubectl.shell(), process, port);
	}

	/** What is answered, or an empty object while nothing is. */
	public JsonNode get(String path) {
		return ask(CURL + " \"$0\"", WGET + " \"$0\"", url(path));
	}

	public JsonNode post(String path, String json) {
		String type = "--header 'Content-Type: application/json'";
		return ask(CURL + " " + type + " --data \"$1\" \"$0\"", WGET + " " + type + " --post-data \"$1\" \"$0\"",
				url(path), json);
	}

	/** With what there is: curl, or BusyBox's wget. */
	private JsonNode ask(String curl, String wget, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of("sh", "-c", "if command -v curl >/dev/null; then %s; else %s; fi".formatted(curl, wget)));
		command.addAll(List.of(arguments));
		Output output = this.shell.run(command);
		return JsonMapper.shared().readTree(output.succeeded() ? output.stdout() : "{}");
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

	@Override
	public void close() {
		this.shell.run("kill", this.process);
	}

}

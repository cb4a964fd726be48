package io.pyserver.lab.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asked through kubectl, which knows every way to say who one is to a cluster of a
 * context.
 */
record KubectlApiServer(Kubectl kubectl) implements ApiServer {

	private static final Pattern PREFIXED = Pattern.compile("\\[pod/(?<pod>[^/]+)/[^]]+] (?<line>.*)");

	@Override
	public JsonNode get(String path) {
		return JsonMapper.shared().readTree(this.kubectl.run("get", "--raw", path).stdout());
	}

	@Override
	public Output exec(String namespace, String pod, List<String> command) {
		List<String> arguments = new ArrayList<>(List.of("exec", "-n", namespace, pod, "-c", Manifest.CONTAINER, "--"));
		arguments.addAll(command);
		return this.kubectl.attempt(arguments.toArray(String[]::new));
	}

	@Override
	public String previousLog(String namespace, String pod) {
		return this.kubectl
			.attempt("logs", "--timestamps", "--previous", "-n", namespace, "-c", Manifest.CONTAINER, pod)
			.stdout();
	}

	/** All of the namespace at once: a kubectl for each would take longer. */
	@Override
	public Map<String, String> logs(String namespace, Collection<String> pods) {
		return this.kubectl
			.run("logs", "-n", namespace, "-l", RunNamespaces.LABEL, "-c", Manifest.CONTAINER, "--prefix",
					"--timestamps", "--tail=-1", "--max-log-requests=20")
			.stdout()
			.lines()
			.map(PREFIXED::matcher)
			.filter((line) -> line.matches() && pods.contains(line.group("pod")))
			.collect(Collectors.groupingBy((line) -> line.group("pod"),
					Collectors.mapping((line) -> line.group("line"), Collectors.joining("\n"))));
	}

}

package io.pyserver.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@code kubectl} that is bound to one cluster: the one in whose server it runs, or the
 * one of a context that was named. It cannot touch the context that happens to be
 * current.
 *
 * @param shell where it runs
 * @param command how it is called there
 * @param takeOver makes a folder of this machine known there, and says under which name
 */
record Kubectl(Shell shell, List<String> command, UnaryOperator<Path> takeOver) {

	/** Each line is printed behind the number of its command. */
	private static final String SIDE_BY_SIDE = """
			i=0
			for command in "$@"; do
			  sh -c "$command" 2>&1 </dev/null | sed "s/^/$i /" &
			  i=$((i + 1))
			done
			wait
			""";

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Runs it and leaves the judgement of the exit code to the caller. */
	Output attempt(String... arguments) {
		List<String> whole = new ArrayList<>(this.command);
		whole.add("--request-timeout=30s");
		whole.addAll(List.of(arguments));
		return this.shell.run(whole);
	}

	/**
	 * Runs it.
	 * @throws IllegalStateException if it fails, with what it printed
	 */
	Output run(String... arguments) {
		return attempt(arguments).orThrow("kubectl " + String.join(" ", arguments));
	}

	JsonNode json(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("-o", "json"));
		return JSON.readTree(run(all.toArray(String[]::new)).stdout());
	}

	/**
	 * Runs a command in each of several pods, all at once and by one command of the
	 * shell: to get into it can cost as much as what is done there.
	 * @return the lines that each printed
	 */
	List<List<String>> inPods(List<PodShell> pods, List<List<String>> commands) {
		List<String> all = new ArrayList<>(List.of("sh", "-c", SIDE_BY_SIDE, "sh"));
		List<List<String>> printed = new ArrayList<>();
		for (int i = 0; i < pods.size(); i++) {
			List<String> words = new ArrayList<>(this.command);
			words.addAll(
					List.of("exec", "-n", pods.get(i).namespace(), pods.get(i).pod(), "-c", Manifest.CONTAINER, "--"));
			words.addAll(commands.get(i));
			all.add(words.stream().map(Kubectl::quoted).collect(Collectors.joining(" ")));
			printed.add(new ArrayList<>());
		}
		this.shell.run(all)
			.stdout()
			.lines()
			.map((line) -> line.split(" ", 2))
			.filter((numbered) -> numbered[0].matches("\\d+") && numbered.length == 2)
			.forEach((numbered) -> printed.get(Integer.parseInt(numbered[0])).add(numbered[1]));
		return printed;
	}

	private static String quoted(String word) {
		return "'" + word.replace("'", "'\\''") + "'";
	}

	/** Makes a folder of this machine known to kubectl, and says under which name. */
	String take(Path folder) {
		return this.takeOver.apply(folder).toString();
	}

}

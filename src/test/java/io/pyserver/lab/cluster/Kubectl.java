package io.pyserver.lab.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
public record Kubectl(Shell shell, List<String> command, UnaryOperator<Path> takeOver) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Runs it and leaves the judgement of the exit code to the caller. */
	public Output attempt(String... arguments) {
		List<String> whole = new ArrayList<>(this.command);
		whole.add("--request-timeout=30s");
		whole.addAll(List.of(arguments));
		return this.shell.run(whole);
	}

	/**
	 * Runs it.
	 * @throws IllegalStateException if it fails, with what it printed
	 */
	public Output run(String... arguments) {
		return attempt(arguments).orThrow("kubectl " + String.join(" ", arguments));
	}

	/** The same in a namespace. */
	public Kubectl in(String namespace) {
		return new Kubectl(this.shell,
				Stream.concat(this.command.stream(), Stream.of("--namespace", namespace)).toList(), this.takeOver);
	}

	public JsonNode json(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("-o", "json"));
		return JSON.readTree(run(all.toArray(String[]::new)).stdout());
	}

	/** Makes a folder of this machine known to kubectl, and says under which name. */
	public String take(Path folder) {
		return this.takeOver.apply(folder).toString();
	}

}

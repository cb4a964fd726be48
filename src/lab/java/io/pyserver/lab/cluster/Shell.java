package io.pyserver.lab.cluster;

import java.util.List;

/** Runs commands on a node or in a container; no shell interprets the arguments. */
public interface Shell {

	Output run(List<String> command);

	default Output run(String... command) {
		return run(List.of(command));
	}

}

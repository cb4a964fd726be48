package io.pyserver.lab.cluster;

import java.util.List;

/** Runs commands somewhere, each as a list of arguments that no shell reads. */
public interface Shell {

	Output run(List<String> command);

	default Output run(String... command) {
		return run(List.of(command));
	}

}

package io.pyserver.lab;

import java.util.List;

/** Runs commands somewhere, each as a list of arguments that no shell reads. */
interface Shell {

	Output run(List<String> command);

	default Output run(String... command) {
		return run(List.of(command));
	}

}
